package dev.landfall.kognitiv.sandbox.casesync;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The two kinds of files, and the events that stand in them: so many a day, every tenth of them the
 * same as the one before, as two are that happen in one millisecond.
 */
enum CaseFiles {
  CASE_UPDATES(
      "CaseUpdatesSync_",
      "CaseId|Timestamp|User|Action|Descriptor|Category|Queue|Location|CaseOpenSummary"
          + "|CaseCloseSummary|MemberInternalId|MemberPrimaryId|MemberFirstName|MemberLastName",
      IntStream.rangeClosed(4, 7).boxed().toList()) {

    @Override
    List<@Nullable String> texts(int number) {
      String action = number % 97 == 0 ? "MERG" : ACTIONS.get(number % ACTIONS.size());
      boolean about = number % 3 != 0;
      return Arrays.asList(
          caseOf(number),
          null,
          userOf(number),
          action,
          about ? "descriptor of %06d".formatted(number) : null,
          null,
          about ? "queue of %06d".formatted(number) : null,
          about ? "location %06d".formatted(number) : null,
          action.equals("OPEN") ? opening(number) : null,
          action.equals("CLSD") ? "Closing %06d, as asked.".formatted(number) : null,
          String.valueOf(8_000_000_000L + number),
          String.valueOf(3_451_000_000L + number),
          "Zo\u00eb-%06d".formatted(number),
          number % 5 == 0 ? null : "Quinn \"%06d\"".formatted(number));
    }

    /** Some hold a pipe or a line break, where the columns around them still say which is which. */
    private static String opening(int number) {
      return switch (number / ACTIONS.size() % 4) {
        case 0 -> "Points of %06d are missing | unsure why.".formatted(number);
        case 1 -> "Points of %06d are missing,\n\nunsure why.".formatted(number);
        default -> "Points of %06d are missing, unsure why.".formatted(number);
      };
    }
  },

  CASE_ENTRIES("CaseEntriesSync_", "CaseId|Timestamp|User|EntryType|Entry", List.of(4)) {

    @Override
    List<@Nullable String> texts(int number) {
      return Arrays.asList(
          caseOf(number),
          null,
          userOf(number),
          TYPES.get(number % TYPES.size()),
          number % 7 == 0 ? null : "Member %06d called.<br>Twice.".formatted(number));
    }
  };

  /** How many events a day has. */
  static final int OF_A_DAY = 600;

  private static final List<String> ACTIONS =
      List.of("OPEN", "CLSD", "REOP", "ADDD", "RMVD", "CCAT", "CQUE", "TOCH");
  private static final List<String> TYPES = List.of("HKEP", "PUBL", "PRIV");
  private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);
  private static final int MILLIS_BETWEEN = 140_001;

  private final String prefix;
  private final String header;
  private final List<Integer> distinguishing;

  CaseFiles(String prefix, String header, List<Integer> distinguishing) {
    this.prefix = prefix;
    this.header = header;
    this.distinguishing = distinguishing;
  }

  /** What an event's columns hold, as they stand in the file. */
  abstract List<@Nullable String> texts(int number);

  /** All ids are too long to turn up by chance in an object's hash code, as toString has it. */
  private static String caseOf(int number) {
    return String.valueOf(7_000_000_000L + number);
  }

  private static @Nullable String userOf(int number) {
    return number % 4 == 0 ? null : "agent of %06d".formatted(number);
  }

  static CaseFiles of(String stream) {
    return valueOf(stream.toUpperCase(Locale.ROOT));
  }

  String header() {
    return header;
  }

  /** The day of an event, from 0. */
  static int day(int number) {
    return (number - 1) / OF_A_DAY;
  }

  /** What the file of a day is called, before what says how it is packed. */
  String name(int day) {
    return prefix + DateTimeFormatter.BASIC_ISO_DATE.format(FIRST_DAY.plusDays(day)) + ".txt";
  }

  Event event(int number) {
    boolean again = number % 10 == 0;
    int first = again ? number - 1 : number;
    Instant moment =
        FIRST_DAY
            .plusDays(day(first))
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant()
            .plusMillis((long) MILLIS_BETWEEN * ((first - 1) % OF_A_DAY));
    return new Event(moment, texts(first), distinguishing, again ? 2 : 1);
  }
}
