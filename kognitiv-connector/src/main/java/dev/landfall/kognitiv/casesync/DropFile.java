package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.outcome.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of one stream, as the folder showed it.
 *
 * @param name the name that says which day it is of
 * @param path where it is read from, links resolved
 * @param size in bytes, packed if it is packed
 * @param modified when it was last changed
 * @param identity what the file system calls the file, where it says so
 * @param refused why it must not be read, or null
 */
record DropFile(
    FileName name,
    Path path,
    long size,
    Instant modified,
    String identity,
    @Nullable Problem refused)
    implements Comparable<DropFile> {

  /**
   * What a name says.
   *
   * @param text the whole name
   * @param day the day the file is of
   * @param number which file of the day, 0 if the name does not say
   */
  record FileName(String text, LocalDate day, long number) implements Comparable<FileName> {

    private static final Comparator<FileName> ORDER =
        Comparator.comparing(FileName::day)
            .thenComparing(FileName::number)
            .thenComparing(FileName::text);

    static final String PACKED = ".gz";

    boolean packed() {
      return text.toLowerCase(Locale.ROOT).endsWith(PACKED);
    }

    /** The name that the same content has when it is packed, or when it is not. */
    String sibling() {
      return packed() ? text.substring(0, text.length() - PACKED.length()) : text + PACKED;
    }

    @Override
    public int compareTo(FileName other) {
      return ORDER.compare(this, other);
    }
  }

  @Override
  public int compareTo(DropFile other) {
    return name.compareTo(other.name);
  }
}
