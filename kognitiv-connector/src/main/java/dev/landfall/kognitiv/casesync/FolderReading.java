package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.SourceRequest;
import dev.landfall.kognitiv.casesync.FileReading.Step;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the files of a stream, in the order of their days, each from where it was read to
 * before.
 *
 * <p>It ends before whatever may still be written, so that what comes later is given later. A file
 * that must not be read, or cannot be, ends it with an exception. See {@code docs/decisions/320}
 * and {@code 330}.
 */
final class FolderReading implements AutoCloseable {

  private final CaseStream stream;
  private final SourceRequest request;
  private final ReadingNotes notes;
  private final Path folder;
  private final Content content;
  private final Bookmarks bookmarks;
  private final Deque<DropFile> files;
  private final @Nullable LocalDate newest;
  private @Nullable DropFile file;
  private @Nullable FileReading open;
  private boolean news;

  FolderReading(
      CaseStream stream, SourceRequest request, ReadingNotes notes, BooleanSupplier closed) {
    this.stream = stream;
    this.request = request;
    this.notes = notes;
    folder = request.settings().get(CaseSyncSettings.FOLDER);
    Charset charset = CaseSyncSettings.charset(request.settings());
    content = new Content(charset, request.settings().get(CaseSyncSettings.LARGEST_FILE), closed);
    bookmarks = Bookmarks.of(stream, charset, request.resumeFrom());
    if (Bookmarks.ofOtherCharset(stream, charset, request.resumeFrom())) {
      notes.readAnew();
    }
    newest = bookmarks.newestDay().orElse(null);
    if (newest != null) {
      notes.passed(newest);
    }
    DropFolder listed = DropFolder.list(stream, folder);
    notes.names(listed);
    noteGone(listed);
    files = new ArrayDeque<>(listed.files());
  }

  private void noteGone(DropFolder listed) {
    Set<String> there =
        listed.files().stream().map(f -> f.name().text()).collect(Collectors.toSet());
    bookmarks.incomplete().stream()
        .filter(b -> b.offset() > 0)
        .map(Bookmark::name)
        .filter(name -> !there.contains(name.text()) && !there.contains(name.sibling()))
        .forEach(notes::gone);
  }

  /** Ends a reading that nobody waits for any more. */
  void requireOpen() {
    content.requireOpen();
  }

  /** Whether files were read of which the last cursor does not know; asked once. */
  boolean takeNews() {
    boolean were = news;
    news = false;
    return were;
  }

  /** Where to go on after all that was read so far. */
  Cursor cursor() {
    return bookmarks.cursor(open == null ? null : open.bookmark(false, ""));
  }

  /**
   * Reads on until a batch is full, or nothing is left.
   *
   * @throws ConnectorException if a file must not be read, or cannot be
   */
  void fill(PartialBatch batch) {
    try {
      while (!batch.isFull() && (open != null || openNext())) {
        if (open != null && file != null) {
          advance(file, open, batch);
        }
      }
    } catch (EOFException | ZipException e) {
      throw damaged(String.valueOf(file == null ? "" : file.name().text()));
    } catch (IOException e) {
      throw unreadable();
    }
  }

  private void advance(DropFile at, FileReading reading, PartialBatch batch) throws IOException {
    Step step = reading.advance(batch);
    if (step == Step.MORE) {
      return;
    }
    if (step == Step.REPLACED) {
      close();
      if (bookmarks.of(at.name()).isPresent()) {
        notes.replaced(at.name());
      }
      open(at, null);
      return;
    }
    boolean complete = step == Step.END;
    Bookmark reached = reading.bookmark(complete, complete ? Bookmark.seen(at, now()) : "");
    news |= !reached.equals(bookmarks.of(at.name()).orElse(null));
    bookmarks.put(reached);
    close();
    if (!complete) {
      leaveUnfinished(at);
    }
  }

  private void leaveUnfinished(DropFile at) {
    notes.unfinished(at.name());
    files.clear();
  }

  /** Opens the next file in which there may be something new; false if there is none. */
  private boolean openNext() throws IOException {
    while (open == null && !files.isEmpty()) {
      DropFile next = files.remove();
      notes.passed(next.name().day());
      Bookmark known = bookmarks.of(next.name()).orElse(null);
      if (known != null ? !known.unchanged(next) : isNew(next)) {
        look(next, known);
      }
    }
    return open != null;
  }

  private boolean isNew(DropFile next) {
    if (bookmarks.marked(next)) {
      return false;
    }
    boolean forgotten = bookmarks.forgotten(next.name());
    if (forgotten) {
      notes.forgotten(next.name());
    }
    return !forgotten;
  }

  private void look(DropFile listed, @Nullable Bookmark known) throws IOException {
    DropFile next = DropFolder.lookAgain(listed);
    if (next.refused() != null) {
      DropFolder.requireFolder(folder);
      throw new ConnectorException(next.refused());
    }
    file = next;
    if (next.name().packed() && !isWhole(next)) {
      leaveUnfinished(next);
      return;
    }
    if (!next.name().packed()) {
      content.requireSize(next);
    }
    Bookmark from = known != null ? known : bookmarks.ofSibling(next.name()).orElse(null);
    if (from == null && newest != null && next.name().day().isBefore(newest)) {
      notes.late(next.name());
    }
    open(next, from);
  }

  private void open(DropFile next, @Nullable Bookmark from) throws IOException {
    file = next;
    open =
        new FileReading(
            stream,
            next,
            from,
            content,
            Math.toIntExact(request.settings().get(CaseSyncSettings.LONGEST_ROW)),
            () -> !next.name().packed() && changedLately(next),
            notes);
  }

  /** False if a packed file may still be uploaded. */
  private boolean isWhole(DropFile packed) throws IOException {
    try {
      content.requireWhole(packed);
      return true;
    } catch (EOFException | ZipException e) {
      if (changedLately(packed)) {
        return false;
      }
      throw damaged(packed.name().text());
    }
  }

  /** A time in the future, beyond what clocks differ by, says nothing of how old a file is. */
  private boolean changedLately(DropFile at) {
    Duration quiet = request.settings().get(CaseSyncSettings.QUIET_PERIOD);
    Duration age = Duration.between(DropFolder.lookAgain(at).modified(), now()).abs();
    return age.compareTo(quiet) < 0;
  }

  private Instant now() {
    return request.context().clock().instant();
  }

  private static ConnectorException damaged(String name) {
    return CaseSyncProblem.FILE_DAMAGED.exception(
        name + " is no whole gzip file: it is damaged or was cut off.");
  }

  private ConnectorException unreadable() {
    DropFolder.requireFolder(folder);
    return CaseSyncProblem.FILE_UNREADABLE.exception(
        (file == null ? "A file" : file.name().text()) + " cannot be read to its end.");
  }

  /** Closes the file that is open, if there is one. */
  @Override
  public void close() throws IOException {
    FileReading reading = open;
    open = null;
    if (reading != null) {
      reading.close();
    }
  }
}
