package dev.landfall.host.audience;

import dev.landfall.host.HostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What can be wrong with a source, each with its stable code. No exception here has a cause:
 * DuckDB's own messages quote rows.
 */
final class SourceProblems {

  private SourceProblems() {}

  static HostException keysAmbiguous(String source, long keys) {
    return HostException.configuration(
        "source.key-ambiguous",
        String.format(
            Locale.ROOT,
            "%,d %s in %s several times with different values; nothing says which hold.",
            keys,
            keys == 1 ? "key stands" : "keys stand",
            source),
        "Name more fields as the key, or let the query give one row for each key.");
  }

  static HostException missing(Path file) {
    return HostException.configuration(
        "source.missing",
        "The file " + file + " does not exist.",
        "Correct the path in the manifest; it is relative to the manifest's folder.");
  }

  static HostException folder(Path file) {
    return HostException.configuration(
        "source.folder", file + " is a folder.", "Name the file with the audience.");
  }

  static HostException notRegular(Path file) {
    return HostException.configuration(
        "source.not-a-file",
        file + " is not a regular file.",
        "Write the audience to a file first: a pipe or device cannot be seen to be whole.");
  }

  static HostException unreadable(Path file) {
    return HostException.configuration(
        "source.unreadable",
        "The file " + file + " cannot be read.",
        "Give the user of this process the right to read it.");
  }

  static HostException changed(Path file) {
    return HostException.configuration(
        "source.changed",
        "The file " + file + " changed while it was read.",
        "Run again once it is written whole; write it under another name and rename it at the end.");
  }

  static HostException cameMeanwhile(Path pattern) {
    return HostException.configuration(
        "source.changed",
        "Another file that fits " + pattern + " came while the files were read.",
        "Run again once all are written; write them elsewhere and move them at the end.");
  }

  static HostException noMatch(Path pattern) {
    return HostException.configuration(
        "source.no-match",
        "No file fits " + pattern + ".",
        "Correct the path in the manifest; it is relative to the manifest's folder.");
  }

  static HostException anyDepth(Path pattern) {
    return HostException.configuration(
        "source.pattern",
        "The path " + pattern + " has \"**\", which is no wildcard here.",
        "Write one * for each level of folders.");
  }

  static HostException mixedFormats(Path pattern, Path first, Path other) {
    return HostException.configuration(
        "source.parts-differ",
        "The files that fit "
            + pattern
            + " are of more than one format: "
            + first.getFileName()
            + " and "
            + other.getFileName()
            + ".",
        "Let the path fit files with one ending only.");
  }

  static HostException partsDiffer(
      Path file, List<Column> columns, Path first, List<Column> firstColumns) {
    List<String> differences = new ArrayList<>();
    Mappings.names(firstColumns, columns).forEach(n -> differences.add(n + " is missing"));
    Mappings.names(columns, firstColumns).forEach(n -> differences.add(n + " is new"));
    columns.stream()
        .filter(c -> firstColumns.stream().anyMatch(f -> c.isRetyped(f)))
        .forEach(c -> differences.add('"' + c.name() + "\" has another type"));
    return HostException.configuration(
        "source.parts-differ",
        "The file "
            + file
            + " has other columns than "
            + first.getFileName()
            + (differences.isEmpty() ? "." : ": " + String.join(", ", differences) + "."),
        "Export all files of the audience with the same columns.");
  }

  static HostException packing(Path file, Packing packing) {
    return HostException.configuration(
        "source.format",
        "The file " + file + " is no whole " + packing.label() + " file.",
        "Export it again; the ending of its name decides how it is read.");
  }

  static HostException empty(Path file) {
    return HostException.configuration(
        "source.empty",
        "The file " + file + " is empty.",
        "Export it again; an audience of nobody is a file with its header line alone.");
  }

  static HostException binary(Path file) {
    return HostException.configuration(
        "source.binary",
        "The file " + file + " is not text.",
        "Export it as CSV in UTF-8; the names of Parquet files end in .parquet, of packed ones in"
            + " .gz or .zst, and no other packing is known.");
  }

  static HostException encoding(Path file, String where) {
    return HostException.configuration(
        "source.encoding",
        "The file " + file + " is not UTF-8" + where + ".",
        "Export it in UTF-8.");
  }

  static HostException header(Path file, String what) {
    return HostException.configuration(
        "source.header",
        "The first line of " + file + " " + what + ".",
        "Put a header line with the names of the columns first.");
  }

  static HostException row(Path file, String where, String what) {
    return HostException.configuration(
        "source.row",
        "The file " + file + where + " " + what + ".",
        "Correct the file; no row of it was used, because a row left out would be a member"
            + " removed.");
  }

  static HostException columnsMissing(String place, List<String> columns) {
    return HostException.configuration(
        "source.column-missing",
        "There is no column " + String.join(" and no column ", columns) + " in " + place + ".",
        "Correct the manifest's mapping, the query, or the file's header line.");
  }

  static HostException mapping(String violations) {
    return HostException.configuration(
        "source.mapping", violations, "Correct the manifest's mapping.");
  }

  static HostException columnType(Column column) {
    return HostException.configuration(
        "source.column-type",
        "The column \"" + column.name() + "\" has a type that has no text: " + kind(column) + ".",
        "Name a column of text, numbers, days or times, or turn it into one in the query.");
  }

  static HostException fraction(String place) {
    return HostException.configuration(
        "source.id-fraction",
        "An id in " + place + " is a number with a fraction, or too large to be exact.",
        "Export the ids as whole numbers or as text.");
  }

  /**
   * A query that cannot be used.
   *
   * @param table what the query may read: {@code file} or {@code stream}
   */
  static HostException query(String table, String what) {
    return HostException.configuration(
        "source.query",
        "The source's query " + what,
        "Correct the query: one SELECT over the table " + table + ".");
  }

  static HostException queryFailed(String source, String kind) {
    return HostException.configuration(
        "source.query",
        "The source's query failed on the data of " + source + ": " + kind + ".",
        "Make the query take every row; try_cast gives NULL where a value does not convert.");
  }

  static HostException unreadableFormat(Path file, String format, String where) {
    return HostException.configuration(
        "source.format",
        "The file " + file + " cannot be read as " + format + where + ".",
        "Export it again; the ending of its name decides how it is read.");
  }

  /** A full disk for temporary files ends here too: what cannot spill stays in memory. */
  static HostException memory(long megabytes, Path temporaryFolder) {
    return HostException.unavailable(
        "source.memory",
        "Reading the audience needs more than " + megabytes + " MB of memory.",
        "Allow more memory (--memory), make the query do less, or free disk space for temporary files in "
            + temporaryFolder
            + ".");
  }

  static HostException disk(Path audience, Path temporaryFolder) {
    return HostException.unavailable(
        "source.disk",
        "The audience cannot be written to "
            + audience
            + " (temporary files: "
            + temporaryFolder
            + ").",
        "Free disk space or correct the rights of the folders, then run again.");
  }

  static HostException database(String place, String kind) {
    return HostException.unavailable(
        "source.database",
        "DuckDB gave up reading " + place + ": " + kind + ".",
        "Run again; if it stays, export the file anew.");
  }

  private static String kind(Column column) {
    int end = column.type().indexOf('(');
    return end < 0 ? column.type() : column.type().substring(0, end);
  }
}
