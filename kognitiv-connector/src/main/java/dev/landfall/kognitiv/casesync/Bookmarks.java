package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.Cursor;
import dev.landfall.kognitiv.casesync.DropFile.FileName;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a stream was read, file by file: what a cursor holds. The latest files have a {@link
 * Bookmark} each. Of older ones, read to their ends, there remains a mark of name, size and time; a
 * file without one is new, or was changed, and is read. So that a cursor stays within its 64 KiB,
 * the oldest marks fall behind a horizon after some 6,000 files; files of days behind it are told
 * of and not read.
 */
final class Bookmarks {

  /** How many files have a bookmark of their own. */
  static final int LATEST = 64;

  /** How many characters the marks of older files may have together. */
  private static final int MOST_MARKS = 50_000;

  private static final String BEFORE_ALL = "-";

  private final CaseStream stream;
  private final Charset charset;
  private final TreeMap<FileName, Bookmark> latest = new TreeMap<>();
  private final TreeMap<Long, List<String>> marks = new TreeMap<>();
  private @Nullable LocalDate horizon;
  private String settled = "";

  Bookmarks(CaseStream stream, Charset charset) {
    this.stream = stream;
    this.charset = charset;
  }

  /** The bookmark of a file, if it has one. */
  Optional<Bookmark> of(FileName name) {
    return Optional.ofNullable(latest.get(name));
  }

  /** The bookmark of the file that has the same content packed, or unpacked. */
  Optional<Bookmark> ofSibling(FileName name) {
    return of(new FileName(name.sibling(), name.day(), name.number()));
  }

  /** Whether an old file is as it was when it was read to its end. */
  boolean marked(DropFile file) {
    return marks
        .getOrDefault(file.name().day().toEpochDay(), List.of())
        .contains(Bookmark.mark(file));
  }

  /** Whether nothing is known any more of files of a day. */
  boolean forgotten(FileName name) {
    return horizon != null && !name.day().isAfter(horizon);
  }

  /** The last day of which something was read; empty if nothing was. */
  Optional<LocalDate> newestDay() {
    LocalDate day = latest.isEmpty() ? null : latest.lastKey().day();
    LocalDate marked = marks.isEmpty() ? null : LocalDate.ofEpochDay(marks.lastKey());
    return Optional.ofNullable(
        day == null || (marked != null && marked.isAfter(day)) ? marked : day);
  }

  /** Bookmarks of files that were not read to their ends. */
  List<Bookmark> incomplete() {
    return latest.values().stream().filter(b -> !b.complete()).toList();
  }

  void put(Bookmark bookmark) {
    latest.put(bookmark.name(), bookmark);
    while (latest.size() > LATEST) {
      latest.values().stream()
          .filter(Bookmark::complete)
          .findFirst()
          // Had every file ended within a row, the oldest would be read anew.
          .map(oldest -> latest.remove(oldest.name()))
          .ifPresentOrElse(this::mark, latest::pollFirstEntry);
    }
  }

  private void mark(Bookmark old) {
    List<String> ofDay =
        marks.computeIfAbsent(old.name().day().toEpochDay(), day -> new ArrayList<>());
    if (!ofDay.contains(old.mark())) {
      ofDay.add(old.mark());
    }
    settled = CursorText.marks(marks);
    while (settled.length() > MOST_MARKS) {
      horizon = LocalDate.ofEpochDay(marks.pollFirstEntry().getKey());
      settled = CursorText.marks(marks);
    }
  }

  /**
   * Everything as text.
   *
   * @param current how far the file was read that is being read, or null
   */
  Cursor cursor(@Nullable Bookmark current) {
    CursorText text = new CursorText(stream);
    text.line(charset.name());
    text.line(horizon == null ? BEFORE_ALL : String.valueOf(horizon.toEpochDay()));
    text.line(settled);
    for (Bookmark bookmark : latest.values()) {
      if (current == null || !bookmark.name().equals(current.name())) {
        text.bookmark(bookmark);
      }
    }
    if (current != null) {
      text.bookmark(current);
    }
    return text.cursor();
  }

  /** Whether a cursor is of files that were read as another encoding. */
  static boolean ofOtherCharset(CaseStream stream, Charset charset, @Nullable Cursor cursor) {
    return cursor != null && !CursorText.lines(stream, cursor).get(0).equals(charset.name());
  }

  /**
   * What a cursor holds; nothing if the files were read as another encoding, since every text may
   * be another now.
   *
   * @throws dev.landfall.connector.ConnectorException if it is none of this stream's
   */
  static Bookmarks of(CaseStream stream, Charset charset, @Nullable Cursor cursor) {
    Bookmarks bookmarks = new Bookmarks(stream, charset);
    if (cursor == null || ofOtherCharset(stream, charset, cursor)) {
      return bookmarks;
    }
    List<String> lines = CursorText.lines(stream, cursor);
    if (!lines.get(1).equals(BEFORE_ALL)) {
      bookmarks.horizon = LocalDate.ofEpochDay(CursorText.day(lines.get(1)));
    }
    bookmarks.marks.putAll(CursorText.marks(lines.get(2)));
    bookmarks.settled = CursorText.marks(bookmarks.marks);
    for (String line : lines.subList(3, lines.size())) {
      Bookmark bookmark = CursorText.bookmark(stream, line);
      bookmarks.latest.put(bookmark.name(), bookmark);
    }
    return bookmarks;
  }
}
