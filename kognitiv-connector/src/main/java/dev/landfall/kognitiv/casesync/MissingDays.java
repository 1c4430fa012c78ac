package dev.landfall.kognitiv.casesync;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Days without a file between days with one. Whether nothing happened on them cannot be told. */
final class MissingDays {

  private final List<String> gaps = new ArrayList<>();
  private @Nullable LocalDate last;
  private long count;

  /** Comes to the next day with a file. */
  void passed(LocalDate day) {
    if (last != null && day.isAfter(last.plusDays(1))) {
      LocalDate first = last.plusDays(1);
      LocalDate end = day.minusDays(1);
      count += first.until(day, java.time.temporal.ChronoUnit.DAYS);
      gaps.add(first.equals(end) ? first.toString() : first + " to " + end);
    }
    last = last == null || day.isAfter(last) ? day : last;
  }

  /** How many days are missing. */
  long count() {
    return count;
  }

  /** Which they are. */
  String sentence(CaseStream stream) {
    return "There is no file of "
        + stream.word()
        + (count == 1 ? " for 1 day: " : " for " + count + " days: ")
        + ReadingNotes.some(gaps)
        + ".";
  }
}
