package dev.landfall.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What happened to some cases, by chance: opened, changed, closed and reopened, with entries, with
 * events of one moment, and with texts that hold line breaks, or pipes where the columns leave no
 * doubt.
 */
final class CaseStory {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final String[] WORDS = {
    "points", "\"missing\"", "Zoë", "5 €", "𝄞", "it's", "card;", "\\", "1022", "a,b"
  };
  private static final String[] PLACES = {"", "G", "PI", "132", "Rückruf / später"};

  /** A kind of file. */
  enum Kind {
    UPDATES(
        "CaseUpdatesSync",
        "CaseId|Timestamp|User|Action|Descriptor|Category|Queue|Location|CaseOpenSummary"
            + "|CaseCloseSummary|MemberInternalId|MemberPrimaryId|MemberFirstName|MemberLastName",
        "case_id, \"timestamp\", \"user\", action, descriptor, category, queue, location,"
            + " case_open_summary, case_close_summary, member_internal_id, member_primary_id,"
            + " member_first_name, member_last_name"),
    ENTRIES(
        "CaseEntriesSync",
        "CaseId|Timestamp|User|Entry Type|Entry",
        "case_id, \"timestamp\", \"user\", entry_type, entry");

    final String prefix;
    final String header;
    final String columns;

    Kind(String prefix, String header, String columns) {
      this.prefix = prefix;
      this.header = header;
      this.columns = columns;
    }

    String stream() {
      return "case_" + name().toLowerCase(Locale.ROOT);
    }
  }

  /** An event as the columns of its file; a text has line feeds for line breaks. */
  record Event(Kind kind, Instant time, List<String> columns) {
    LocalDate day() {
      return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    String caseId() {
      return columns.get(0);
    }

    /** As a file has it. */
    String line() {
      List<String> written = new ArrayList<>(columns);
      written.set(1, TIME.format(time));
      if (kind == Kind.ENTRIES) {
        written.set(4, written.get(4).replace("\n", "<br>"));
      }
      return String.join("|", written);
    }
  }

  private final Random random;
  private final Map<Long, String> summaries = new HashMap<>();
  private final Map<Long, Boolean> closed = new HashMap<>();
  private final List<Event> events = new ArrayList<>();

  CaseStory(Random random, int length) {
    this.random = random;
    Instant now = Instant.parse("2026-01-01T00:00:00Z").plusMillis(random.nextInt(86_400_000));
    while (events.size() < length) {
      switch (random.nextInt(8)) {
        case 0 -> now = now.plusSeconds(random.nextInt(4_000_000 / length));
        case 1, 2, 3 -> now = now.plusMillis(1 + random.nextInt(5000));
        default -> events.add(chance(25) ? entry(now) : update(now));
      }
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private String pick(String... from) {
    return from[random.nextInt(from.length)];
  }

  private Event entry(Instant now) {
    String pipe = chance(20) ? "|" : "\n";
    return new Event(
        Kind.ENTRIES,
        now,
        List.of(
            String.valueOf(1000 + random.nextInt(9)),
            now.toString(),
            pick("", "Eva Evans"),
            pick("HKEP", "PUBL", "PRIV"),
            text(pipe)));
  }

  private Event update(Instant now) {
    long id = 1000L + random.nextInt(9);
    String summary = summaries.get(id);
    String action = summary == null ? "OPEN" : later(id);
    String place = action.equals("TOCH") ? "" : pick(PLACES);
    if (summary == null) {
      summary = text(pick("|", "\n", " "));
      summaries.put(id, summary);
    }
    return new Event(
        Kind.UPDATES,
        now,
        List.of(
            String.valueOf(id),
            now.toString(),
            pick("", "Eva Evans"),
            action,
            action.endsWith("D") && !action.equals("CLSD") ? pick(PLACES) : "",
            place,
            action.equals("CQUE") ? pick(PLACES) : place,
            place,
            action.equals("OPEN") || (summary.indexOf('|') < 0 && chance(40)) ? summary : "",
            action.equals("CLSD") ? text(pick("\n", " ")) : "",
            String.valueOf(70_000 + id),
            String.valueOf(3_400_000_000L + id),
            "Ada",
            "Adams" + id));
  }

  private String later(long id) {
    boolean over = closed.getOrDefault(id, false);
    String action =
        over ? pick("REOP", "TOCH") : pick("CLSD", "ADDD", "RMVD", "CCAT", "CQUE", "TOCH");
    closed.put(id, action.equals("CLSD") || (over && !action.equals("REOP")));
    return action;
  }

  private String text(String between) {
    StringBuilder text = new StringBuilder(pick(WORDS));
    for (int words = random.nextInt(5); words > 0; words--) {
      text.append(chance(60) ? " " : between).append(pick(WORDS));
    }
    return text.toString();
  }

  /** The events of one kind, in their order. */
  List<Event> events(Kind kind) {
    return events.stream().filter(e -> e.kind() == kind).toList();
  }

  /** The same, cut by days, and days by chance into parts that no moment lies across. */
  Map<LocalDate, List<List<Event>>> days(Kind kind) {
    Map<LocalDate, List<List<Event>>> days = new TreeMap<>();
    Instant last = Instant.EPOCH;
    for (Event event : events(kind)) {
      List<List<Event>> parts = days.computeIfAbsent(event.day(), day -> new ArrayList<>());
      if (parts.isEmpty() || (!event.time().equals(last) && chance(2))) {
        parts.add(new ArrayList<>());
      }
      parts.get(parts.size() - 1).add(event);
      last = event.time();
    }
    return days;
  }
}
