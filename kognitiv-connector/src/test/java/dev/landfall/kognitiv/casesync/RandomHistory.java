package dev.landfall.kognitiv.casesync;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What happened to some cases, by chance: with events of one moment, events that are alike in
 * everything, texts with pipes and line breaks, and days on which nothing happened.
 */
final class RandomHistory {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final String[] ACTIONS = {
    "OPEN", "CLSD", "REOP", "ADDD", "RMVD", "CCAT", "CQUE", "TOCH", "NEWC"
  };
  private static final String[] WORDS = {
    "points", "\"missing\"", "Zoë", "5 €", "𝄞", " ", "it's", "<br>", "card;", "\\", "1022", "a,b"
  };
  private static final String[] PLACES = {"", "", "G", "PI", "132", "Rückruf / später"};

  /** An event as its fourteen columns; a text has line feeds for line breaks. */
  record Event(Instant time, List<String> columns) {
    LocalDate day() {
      return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    String line() {
      return String.join("|", columns);
    }
  }

  private final Random random;
  private final List<Event> events = new ArrayList<>();

  RandomHistory(Random random, int most) {
    this.random = random;
    Instant now = Instant.parse("2026-01-01T00:00:00Z").plusMillis(random.nextInt(86_400_000));
    int count = 1 + random.nextInt(most);
    while (events.size() < count) {
      switch (random.nextInt(10)) {
        case 0 -> now = now.plusSeconds(random.nextInt(1000) < 20 ? 200_000 : 4000);
        case 1, 2, 3, 4 -> now = now.plusMillis(1 + random.nextInt(5000));
        default -> events.add(chance(10) && sameMoment(now) ? last() : event(now));
      }
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private Event last() {
    return events.get(events.size() - 1);
  }

  private boolean sameMoment(Instant now) {
    return !events.isEmpty() && last().time().equals(now);
  }

  private Event event(Instant now) {
    long id = 1000L + random.nextInt(9);
    String action = pick(ACTIONS);
    boolean open = action.equals("OPEN");
    return new Event(
        now,
        Arrays.asList(
            String.valueOf(id),
            TIME.format(now),
            chance(50) ? "" : "Eva Evans",
            action,
            pick(PLACES),
            pick(PLACES),
            pick(PLACES),
            pick(PLACES),
            chance(40) ? "" : text(open),
            open || chance(70) ? "" : text(false),
            String.valueOf(70_000 + id),
            String.valueOf(3_400_000_000L + id),
            "Ada",
            "Adams" + id));
  }

  /** With pipes or with line breaks: with both it is not certain where a text ends. */
  private String text(boolean pipes) {
    String between = chance(70) ? " " : pipes && chance(50) ? "|" : "\n";
    StringBuilder text = new StringBuilder();
    for (int words = random.nextInt(6); words >= 0; words--) {
      text.append(pick(WORDS)).append(words > 0 || chance(20) ? between : "");
    }
    return text.toString();
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }

  List<Event> events() {
    return events;
  }

  /** Places in the history, the ends among them, between which all moments are whole. */
  List<Integer> cuts() {
    List<Integer> cuts = new ArrayList<>();
    for (int i = 0; i <= events.size(); i++) {
      if (i == 0 || i == events.size() || !events.get(i).time().equals(events.get(i - 1).time())) {
        cuts.add(i);
      }
    }
    return cuts;
  }
}
