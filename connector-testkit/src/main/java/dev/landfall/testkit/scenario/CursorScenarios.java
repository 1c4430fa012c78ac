package dev.landfall.testkit.scenario;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.Source;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.testkit.stage.Portion;
import dev.landfall.testkit.stage.Reading;
import dev.landfall.testkit.stage.SourceStage;
import dev.landfall.testkit.stage.Stock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Going on: S-4. */
final class CursorScenarios {

  /** Texts that are no cursor of any connector. */
  static final List<String> NONSENSE =
      List.of("this is no cursor of anybody's", "{\"no\": [\"cursor\"", "\u0001\u0002", "-/?%zz");

  /** Texts that are none of most; who takes one for a cursor gives rows of the stream. */
  private static final List<String> ODD =
      List.of("", " ", "-1", "0", "99999999999999999999999999", "1e400", "null");

  private static final Set<ProblemKind> REFUSING =
      EnumSet.of(ProblemKind.CONFIGURATION, ProblemKind.PROTOCOL, ProblemKind.TARGET_NOT_FOUND);

  /** Reading on from every cursor of a long stream would take the square of its length. */
  private static final int MOST = 20;

  static final List<SourceScenario> ALL =
      List.of(
          new SourceScenario("S-4.1", CursorScenarios::whatFollowsEachBatch),
          new SourceScenario("S-4.2", CursorScenarios::aCursorIsText),
          new SourceScenario("S-4.3", CursorScenarios::exactlyWhatIsNew),
          new SourceScenario("S-4.4", CursorScenarios::aCursorIsNotUsedUp),
          new SourceScenario("S-4.5", CursorScenarios::nonsenseIsRefused),
          new SourceScenario("S-4.6", CursorScenarios::withoutACursorFromTheBeginning));

  private CursorScenarios() {}

  static List<Portion> all(SourceStage stage, Stock stock) {
    try (Reading reading = stage.open(stock, null)) {
      return reading.rest();
    }
  }

  /** What came after some batch, and has to come from its cursor. */
  private static List<Portion.Came> after(List<Portion> portions, int place) {
    return Due.rows(portions.subList(place + 1, portions.size()));
  }

  private static String from(int place) {
    return "from the cursor of batch " + (place + 1);
  }

  /** The first, the last, and others by chance. */
  static Set<Integer> some(SourceStage stage, int portions) {
    Set<Integer> places = new TreeSet<>();
    if (portions > 0) {
      places.add(0);
      places.add(portions - 1);
    }
    while (places.size() < Math.min(portions, MOST)) {
      places.add(stage.random().nextInt(portions));
    }
    return places;
  }

  private static void whatFollowsEachBatch(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      stock.add(stage.several());
      List<Portion> portions = all(stage, stock);
      stage.expect(!portions.isEmpty(), "a batch of " + stock.stream(), "the end came");
      for (int place : some(stage, portions.size())) {
        try (Reading reading = stage.open(stock, portions.get(place).resumeFrom())) {
          Due.same(stage, from(place), after(portions, place), reading.rest());
        }
      }
      if (portions.size() <= MOST) {
        String when = "read by one reader for each batch, from the cursor of the last";
        Due.same(stage, when, Due.rows(portions), oneByOne(stage, stock, portions.size()));
      }
    }
  }

  /** A cursor that counts from where its reader was opened is right for the first reader alone. */
  private static List<Portion> oneByOne(SourceStage stage, Stock stock, int most) {
    List<Portion> portions = new ArrayList<>();
    Cursor last = null;
    for (int i = 0; i <= most; i++) {
      try (Reading reading = stage.open(stock, last)) {
        Optional<Portion> next = reading.read();
        if (next.isEmpty()) {
          return portions;
        }
        portions.add(next.get());
        last = next.get().resumeFrom();
      }
    }
    return portions;
  }

  private static void aCursorIsText(SourceStage stage) throws IOException {
    for (Stock stock : stage.streams()) {
      stock.add(stage.several());
      List<Portion> portions = all(stage, stock);
      for (int place : some(stage, Math.min(3, portions.size()))) {
        Cursor cursor = portions.get(place).resumeFrom();
        byte[] stored = cursor.value().getBytes(StandardCharsets.UTF_8);
        Cursor restored = new Cursor(new String(stored, StandardCharsets.UTF_8));
        stage.expect(
            restored.equals(cursor),
            "a cursor of text that UTF-8 can store",
            "it came back from UTF-8 as another");
        elsewhere(stage, stock, restored, from(place), after(portions, place));
      }
    }
  }

  /** As in a later run: another instance, of other classes where there are jars to load them. */
  private static void elsewhere(
      SourceStage stage, Stock stock, Cursor cursor, String from, List<Portion.Came> due)
      throws IOException {
    String when = from + ", by another instance";
    if (stage.subject().plugin() == null) {
      try (Reading reading = stage.open(stage.subject().source().get(), stock, cursor)) {
        Due.same(stage, when, due, reading.rest());
      }
      return;
    }
    try (PluginLoader loader = PluginLoader.of(stage.subject().plugin())) {
      Source source = SourcePackagingScenarios.found(stage, loader);
      try (Reading reading = stage.open(source, stock, cursor)) {
        Due.same(stage, when, due, reading.rest());
      }
    }
  }

  private static void exactlyWhatIsNew(SourceStage stage) {
    for (Stock stock : stage.incremental()) {
      stock.add(stage.several());
      List<Portion> portions = all(stage, stock);
      stage.expect(!portions.isEmpty(), "a batch of " + stock.stream(), "the end came");
      Cursor last = portions.get(portions.size() - 1).resumeFrom();
      List<Portion.Came> added = new ArrayList<>();
      for (int more : new int[] {0, 1, stage.several(), 0, 2}) {
        int before = stock.size();
        stock.add(more);
        List<Portion> news;
        try (Reading reading = stage.open(stock, last)) {
          news = reading.rest();
        }
        Due.rows(stage, "from the last cursor, once there is more", stock.after(before), news);
        added.addAll(Due.rows(news));
        last = news.isEmpty() ? last : news.get(news.size() - 1).resumeFrom();
      }
      for (int place : some(stage, portions.size())) {
        List<Portion.Came> due = new ArrayList<>(after(portions, place));
        due.addAll(added);
        try (Reading reading = stage.open(stock, portions.get(place).resumeFrom())) {
          Due.same(stage, from(place) + ", once there is more", due, reading.rest());
        }
      }
    }
  }

  private static void aCursorIsNotUsedUp(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      stock.add(stage.several());
      List<Portion> portions = all(stage, stock);
      stage.expect(!portions.isEmpty(), "a batch of " + stock.stream(), "the end came");
      // Nothing follows the last, which says little of one that was used up.
      int place = stage.random().nextInt(Math.max(1, portions.size() - 1));
      for (int i = 1; i <= 3; i++) {
        try (Reading reading = stage.open(stock, portions.get(place).resumeFrom())) {
          Due.same(stage, from(place) + ", time " + i, after(portions, place), reading.rest());
        }
      }
    }
  }

  private static void nonsenseIsRefused(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      stock.add(stage.several());
      for (String nonsense : NONSENSE) {
        stage.note("a cursor that makes no sense: " + NONSENSE.indexOf(nonsense));
        Optional<Problem> refused =
            stage.refusal(stock.stream(), new Cursor(nonsense), stage.testbed().settings());
        stage.expect(
            refused.map(Problem::kind).filter(REFUSING::contains).isPresent(),
            "a cursor that makes no sense to be refused as CONFIGURATION or the like",
            SourceRowScenarios.words(refused.orElse(null)));
      }
      List<String> odd = new ArrayList<>(ODD);
      for (Portion portion : all(stage, stock)) {
        String good = portion.resumeFrom().value();
        odd.add(good.substring(0, good.length() / 2));
        odd.add(good + good);
        break;
      }
      odd.forEach(text -> harmless(stage, stock, new Cursor(text)));
    }
  }

  /**
   * A connector may take it for a cursor, and then gives what is in the stream, or says why not.
   */
  private static void harmless(SourceStage stage, Stock stock, Cursor cursor) {
    stage.note("an odd cursor of " + cursor.value().length() + " characters");
    Set<Integer> seen = new HashSet<>();
    try (Reading reading =
        stage.tryOpen(stage.source(), stock, cursor, stage.testbed().settings())) {
      Optional<Portion> next = reading.tryRead();
      while (next.isPresent() && !next.get().rows().isEmpty()) {
        for (Portion.Came came : next.get().rows()) {
          stage.expect(
              came.number() > 0 && seen.add(came.number()),
              "an odd cursor to be refused, or records of " + stock.stream() + " once each",
              came.words() + " came");
        }
        next = reading.tryRead();
      }
    } catch (ConnectorException e) {
      stage.heard("which is right");
    }
  }

  private static void withoutACursorFromTheBeginning(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      stock.add(stage.several());
      List<Portion.Came> whole = Due.rows(all(stage, stock));
      try (Reading reading = stage.open(stock, null)) {
        reading.read();
      }
      for (int i = 0; i < 2; i++) {
        Due.same(stage, "without a cursor, however often", whole, all(stage, stock));
      }
    }
  }
}
