package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.Context;
import dev.landfall.kognitiv.casesync.DropFile.FileName;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a reading came upon that is worth knowing and is no row: told once, at its end, with counts
 * and a few names. Not safe for use by several threads.
 */
final class ReadingNotes {

  /** How many names, codes or gaps a notice spells out. */
  private static final int SPELT_OUT = 5;

  private final CaseStream stream;
  private final Map<String, Long> codes = new TreeMap<>();
  private long furtherCodes;
  private final Set<String> replaced = new LinkedHashSet<>();
  private final Set<String> late = new LinkedHashSet<>();
  private final Set<String> unfinished = new LinkedHashSet<>();
  private final Set<String> unrecognised = new LinkedHashSet<>();
  private final Set<String> gone = new LinkedHashSet<>();
  private final Set<String> continued = new LinkedHashSet<>();
  private final Set<String> forgotten = new LinkedHashSet<>();
  private final MissingDays missing = new MissingDays();
  private boolean readAnew;
  private boolean told;

  ReadingNotes(CaseStream stream) {
    this.stream = stream;
  }

  /** Counts the code of a row, where it has no documented meaning. */
  void code(RowMaker.Code code) {
    if (code.known()) {
      return;
    }
    if (codes.size() < SPELT_OUT || codes.containsKey(code.text())) {
      codes.merge(code.text(), 1L, Long::sum);
    } else {
      furtherCodes++;
    }
  }

  void readAnew() {
    readAnew = true;
  }

  void replaced(FileName name) {
    replaced.add(name.text());
  }

  void late(FileName name) {
    late.add(name.text());
  }

  void unfinished(FileName name) {
    unfinished.add(name.text());
  }

  void names(DropFolder folder) {
    unfinished.addAll(folder.unfinished());
    unrecognised.addAll(folder.unrecognised());
  }

  void gone(FileName name) {
    gone.add(name.text());
  }

  void lineContinued(FileName name) {
    continued.add(name.text());
  }

  void forgotten(FileName name) {
    forgotten.add(name.text());
  }

  /** Days without a file between the last one before and this one. */
  void passed(LocalDate day) {
    missing.passed(day);
  }

  /** Tells everything; a second time nothing. */
  void tell(Context context) {
    if (told) {
      return;
    }
    told = true;
    if (readAnew) {
      tell(
          context,
          CaseSyncProblem.CHARSET_CHANGED,
          "The cursor is of files that were read as another encoding; "
              + stream.word()
              + " is read from its beginning.");
    }
    tellCodes(context);
    tellNames(context, CaseSyncProblem.FILE_REPLACED, "changed since read; read anew", replaced);
    tellNames(
        context,
        CaseSyncProblem.FILE_LATE,
        "of days before the last that was read, and new or changed; read now",
        late);
    tellNames(context, CaseSyncProblem.FILE_UNFINISHED, "still being uploaded", unfinished);
    tellNames(
        context, CaseSyncProblem.FILE_UNRECOGNISED, "named otherwise; not read", unrecognised);
    tellNames(
        context,
        CaseSyncProblem.FILE_GONE,
        "read in part, and gone before the rest was read",
        gone);
    tellNames(
        context,
        CaseSyncProblem.LINE_CONTINUED,
        "went on within a line that was read; the line was read again",
        continued);
    tellNames(
        context,
        CaseSyncProblem.BEFORE_HORIZON,
        "older than what a cursor can hold; not looked at",
        forgotten);
    if (missing.count() > 0) {
      tell(context, CaseSyncProblem.DAYS_MISSING, missing.sentence(stream));
    }
  }

  private void tellCodes(Context context) {
    if (codes.isEmpty()) {
      return;
    }
    List<String> counts = new ArrayList<>();
    codes.forEach((code, count) -> counts.add(code + " (" + count + ")"));
    if (furtherCodes > 0) {
      counts.add("others (" + furtherCodes + ")");
    }
    tell(
        context,
        CaseSyncProblem.CODE_UNKNOWN,
        "Rows have codes without a documented meaning: " + String.join(", ", counts) + ".");
  }

  private void tell(Context context, CaseSyncProblem what, String message) {
    context.notice(what.code(), message);
  }

  private void tellNames(
      Context context, CaseSyncProblem what, String state, Collection<String> names) {
    if (!names.isEmpty()) {
      tell(context, what, counted(names, stream) + " " + state + ": " + some(names) + ".");
    }
  }

  static String counted(Collection<String> names, CaseStream stream) {
    return names.size() + (names.size() == 1 ? " file of " : " files of ") + stream.word();
  }

  /** A few of them. */
  static String some(Collection<String> names) {
    List<String> few = names.stream().limit(SPELT_OUT).toList();
    int more = names.size() - few.size();
    return String.join(", ", few) + (more == 0 ? "" : " and " + more + " more");
  }
}
