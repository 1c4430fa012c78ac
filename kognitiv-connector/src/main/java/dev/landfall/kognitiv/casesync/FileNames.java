package dev.landfall.kognitiv.casesync;

import dev.landfall.kognitiv.casesync.DropFile.FileName;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the names in a folder mean for one stream. The reference documents {@code
 * CaseUpdatesSync_yyyyMMdd.txt} and {@code CaseEntriesSync_yyyyMMdd.txt}; a second file of one day
 * has a number behind the date, in the ways that programs put it there.
 */
final class FileNames {

  private static final List<String> UNFINISHED =
      List.of(".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".uploading");

  private final String prefix;
  private final Pattern pattern;

  FileNames(CaseStream stream) {
    prefix = stream.prefix().toLowerCase(Locale.ROOT);
    pattern =
        Pattern.compile(
            prefix
                + "_(\\d{4})(\\d{2})(\\d{2})(?:[_.-](\\d{1,9})| ?\\((\\d{1,9})\\))?\\.txt(?:\\.gz)?",
            Pattern.CASE_INSENSITIVE);
  }

  /** The day and number of a file that is to be read; empty for any other. */
  Optional<FileName> read(String name) {
    Matcher matcher = pattern.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String number = matcher.group(4) == null ? matcher.group(5) : matcher.group(4);
    try {
      LocalDate day =
          LocalDate.of(
              Integer.parseInt(matcher.group(1)),
              Integer.parseInt(matcher.group(2)),
              Integer.parseInt(matcher.group(3)));
      return Optional.of(new FileName(name, day, number == null ? 0 : Long.parseLong(number)));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  /** Whether a name is so like those that are read that somebody may expect it to be. */
  boolean alike(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    return folded.startsWith(prefix) || folded.startsWith("." + prefix);
  }

  /** Whether a name that is {@link #alike} says that the file is still being uploaded. */
  static boolean unfinished(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    return folded.startsWith(".") || UNFINISHED.stream().anyMatch(folded::endsWith);
  }
}
