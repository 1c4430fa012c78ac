package dev.landfall.testkit.scenario;

import dev.landfall.connector.Malformed;
import dev.landfall.testkit.stage.Portion;
import dev.landfall.testkit.stage.Portion.Came;
import dev.landfall.testkit.stage.SourceStage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was to be read, held against what came. */
final class Due {

  private Due() {}

  /** Ends the scenario unless exactly these records came, in this order. */
  static void rows(SourceStage stage, String when, List<Integer> due, List<Portion> portions) {
    same(
        stage,
        when,
        due.stream().map(number -> new Came(number, "record " + number)).toList(),
        portions);
  }

  /**
   * Ends the scenario unless exactly these rows came, in this order: those of an earlier reading,
   * so that what is wrong with every reading is blamed on none of the later ones.
   */
  static void same(SourceStage stage, String when, List<Came> due, List<Portion> portions) {
    Optional<String> wrong = wrong(due, rows(portions));
    stage.expect(wrong.isEmpty(), words(due) + " " + when, wrong.orElse(""));
  }

  /** The rows that came, in the order in which they did. */
  static List<Came> rows(List<Portion> portions) {
    return portions.stream().flatMap(portion -> portion.rows().stream()).toList();
  }

  private static Optional<String> wrong(List<Came> due, List<Came> came) {
    Set<Came> before = new HashSet<>();
    Set<Came> all = new HashSet<>(came);
    Set<Came> expected = new HashSet<>(due);
    for (int i = 0; i < came.size(); i++) {
      Came next = came.get(i);
      Came wanted = i < due.size() ? due.get(i) : null;
      if (next.equals(wanted)) {
        before.add(next);
      } else if (before.contains(next)) {
        return Optional.of(next.words() + " came twice" + following(came, i));
      } else if (wanted == null || !expected.contains(next)) {
        return Optional.of(next.words() + " came, which was not due" + following(came, i));
      } else if (all.contains(wanted)) {
        return Optional.of(next.words() + " came before " + wanted.words() + following(came, i));
      } else {
        return Optional.of(wanted.words() + " did not come" + following(came, i));
      }
    }
    return came.size() == due.size()
        ? Optional.empty()
        : Optional.of(
            due.get(came.size()).words()
                + " did not come, nor did what follows it: the end came"
                + following(came, came.size()));
  }

  private static String following(List<Came> came, int place) {
    return place == 0 ? " at the beginning" : " after " + came.get(place - 1).words();
  }

  private static String words(List<Came> due) {
    return switch (due.size()) {
      case 0 -> "no row";
      case 1 -> due.get(0).words() + " alone";
      default ->
          due.get(0).words() + " to " + due.get(due.size() - 1).words() + " once each, in order,";
    };
  }

  /** Ends the scenario unless exactly these malformed things came, in this order. */
  static void malformed(SourceStage stage, String when, List<String> due, List<Portion> portions) {
    List<String> came = raws(portions);
    String actual = came.size() + " came";
    if (came.size() == due.size()) {
      for (int i = 0; i < due.size() && actual.endsWith("came"); i++) {
        actual = came.get(i).equals(due.get(i)) ? actual : "the text of one is another";
      }
    }
    stage.expect(
        came.equals(due),
        "the " + due.size() + " malformed things once each, in order, as they were found, " + when,
        actual);
  }

  static List<Malformed> malformed(List<Portion> portions) {
    return portions.stream().flatMap(portion -> portion.malformed().stream()).toList();
  }

  static List<String> raws(List<Portion> portions) {
    return malformed(portions).stream().map(Malformed::raw).toList();
  }
}
