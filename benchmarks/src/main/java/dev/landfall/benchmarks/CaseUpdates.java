package dev.landfall.benchmarks;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/** Lines of a file of case updates, header first, the same at every run: many cases at a time. */
final class CaseUpdates {

  private static final String HEADER =
      "CaseId|Timestamp|User|Action|Descriptor|Category|Queue|Location|CaseOpenSummary"
          + "|CaseCloseSummary|MemberInternalId|MemberPrimaryId|MemberFirstName|MemberLastName\n";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final String[] FIRST = {"Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gus", "Hana"};
  private static final String[] LAST = {"Adams", "Baker", "Carter", "Dyer", "Evans", "Fisher"};
  private static final String[] QUEUES = {"PI", "RW", "AC", "TX"};
  private static final int OPEN_AT_ONCE = 500;

  private record Case(long id, String member, String summary) {}

  private final Random random = new Random(1);
  private final Deque<Case> open = new ArrayDeque<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long last = 1_000_000;
  private boolean begun;

  /** The next line, with its end. */
  String next() {
    if (!begun) {
      begun = true;
      return HEADER;
    }
    now = now.plusMillis(random.nextInt(40));
    int what = random.nextInt(10);
    if (open.size() < OPEN_AT_ONCE || what < 2) {
      return opened();
    }
    Case one = open.remove();
    if (what < 4) {
      return line(one, "", "CLSD", "|||" + location(one), one.summary + "|Closing case.");
    }
    open.add(one);
    return switch (what) {
      case 4 -> line(one, user(), "ADDD", "Callback|||", "|");
      case 5 -> line(one, user(), "CQUE", "||" + pick(QUEUES) + "|", "|");
      default -> line(one, user(), "TOCH", "|||", "|");
    };
  }

  private String opened() {
    long id = last++;
    long member = 10_000L + random.nextInt(2_000_000);
    Case one =
        new Case(
            id,
            member + "|" + (3_400_000_000L + member) + "|" + pick(FIRST) + "|" + pick(LAST),
            "Member states " + random.nextInt(900) + " points are missing, unsure why.");
    open.add(one);
    return line(one, "", "OPEN", "|G|" + pick(QUEUES) + "|" + location(one), one.summary + "|");
  }

  private String user() {
    return pick(FIRST) + " " + pick(LAST);
  }

  private static long location(Case one) {
    return 100 + one.id % 60;
  }

  private String pick(String[] words) {
    return words[random.nextInt(words.length)];
  }

  private String line(Case one, String user, String action, String places, String summaries) {
    return String.join(
        "|", "" + one.id, TIME.format(now), user, action, places, summaries, one.member + "\n");
  }
}
