package dev.landfall.host.incremental;

import dev.landfall.connector.Cursor;
import dev.landfall.connector.Malformed;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.Row;
import dev.landfall.host.HostException;
import dev.landfall.host.delivery.Changes;
import dev.landfall.host.ledger.Change;
import dev.landfall.host.ledger.Doubts;
import dev.landfall.host.ledger.HeldRows;
import dev.landfall.host.ledger.Ledger;
import dev.landfall.host.ledger.Settlement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The changes of an incremental run: rows that earlier runs read and could not deliver, and then
 * what is new in the stream, in its order. No key stands twice in a window, so that of two rows
 * with one key the later is sent once the earlier is settled. A window is passed (its cursor is
 * stored, and what is no row is kept aside) once everything in it is recorded.
 *
 * <p>Used by the thread of the run alone.
 */
public final class Windows implements Changes, AutoCloseable {

  /** Counts of what was read, as far as it was sent or passed. */
  public static final class Counts {
    private long rows;
    private long blank;
    private long malformed;

    /** Rows of the stream, blank ones too. */
    public long rows() {
      return rows;
    }

    /** Rows without a key. */
    public long blank() {
      return blank;
    }

    /** What was no row. */
    public long malformed() {
      return malformed;
    }
  }

  private final WindowsRequest request;
  private final Projection projection;
  private final Prefetch stream;
  private final Doubts doubts;
  private final Counts counts = new Counts();

  private List<Change> window = List.of();
  private @Nullable Cursor passed;
  private List<Malformed> malformed = new ArrayList<>();
  private int settled;
  private boolean failed;

  private @Nullable SourceBatch batch;
  private int at;
  private final long heldEnd;
  private long heldSeq;
  private boolean heldLeft = true;
  private long fresh;
  private long blank;
  private long handed;
  private boolean cutShort;
  private @Nullable HostException failure;

  /**
   * Begins to read.
   *
   * @param request what is needed; the windows close its reading
   */
  public Windows(WindowsRequest request) {
    this.request = request;
    projection = new Projection(request.reading().schema(), request.mappings(), request.schema());
    doubts = new Doubts(request.ledger().tables());
    heldEnd = Ledger.guarded(request.held()::last);
    stream = new Prefetch(request.reading(), request.size());
  }

  /** What was read. */
  public Counts counts() {
    return counts;
  }

  /** Whether the run's limit left rows for later runs. */
  public boolean cutShort() {
    return cutShort;
  }

  /** Takes settlements of the window, once they are recorded. */
  public void settled(Collection<Settlement> settlements) {
    for (Settlement settlement : settlements) {
      settled++;
      failed |= settlement.outcome() instanceof Outcome.NotAttempted;
    }
  }

  @Override
  public long count(ChangeKind kind) {
    return window.size();
  }

  @Override
  public List<Change> page(ChangeKind kind, long afterSeq, int max) {
    int from = (int) afterSeq;
    return window.subList(from, Math.min(window.size(), from + max));
  }

  @Override
  public boolean isOpenEnded() {
    return true;
  }

  @Override
  public boolean next(boolean wanted) {
    if (failed || settled < window.size()) {
      return false;
    }
    pass();
    while (wanted) {
      fill();
      if (!window.isEmpty()) {
        request.ledger().plan(request.kind(), window.size(), 0);
        return true;
      }
      if (passed == null) {
        return false;
      }
      pass();
    }
    return false;
  }

  /** Everything in the window is recorded: what is no row is kept, and then the cursor goes on. */
  private void pass() {
    if (passed != null) {
      if (!malformed.isEmpty()) {
        request.listener().aside(malformed);
        counts.malformed += malformed.size();
      }
      request.ledger().pass(request.stream(), passed);
    }
    malformed = new ArrayList<>();
    passed = null;
    window = List.of();
    settled = 0;
  }

  private void fill() {
    Map<String, Projection.Keyed> rows = new LinkedHashMap<>();
    fresh = 0;
    blank = 0;
    long allowed = request.limit() == null ? Long.MAX_VALUE : request.limit() - handed;
    int size = (int) Math.min(request.size(), allowed);
    if (failure != null) {
      throw failure;
    }
    if (heldLeft) {
      held(rows, size);
    }
    if (rows.isEmpty() && !heldLeft) {
      read(rows, size);
    }
    if (request.cancellation().requested() || request.cancellation().expired()) {
      // What was taken so far is read again.
      passed = null;
      return;
    }
    counts.rows += fresh;
    counts.blank += blank;
    handed += rows.size();
    Map<String, Doubts.Known> known = Ledger.guarded(() -> doubts.of(rows.keySet()));
    List<Change> changes = new ArrayList<>(rows.size());
    for (Projection.Keyed row : rows.values()) {
      changes.add(row.change(changes.size() + 1L, request.kind(), known.get(row.member())));
    }
    window = changes;
  }

  private void held(Map<String, Projection.Keyed> rows, int size) {
    List<HeldRows.HeldRow> page =
        Ledger.guarded(
            () -> request.held().offered(request.shape(), heldSeq, heldEnd, Math.max(1, size)));
    heldLeft = !page.isEmpty();
    cutShort |= size == 0 && heldLeft;
    for (HeldRows.HeldRow row : size == 0 ? List.<HeldRows.HeldRow>of() : page) {
      rows.put(row.member(), new Projection.Keyed(row.member(), row.text(), row.others(), true));
      heldSeq = row.seq();
    }
  }

  /** Takes rows until the window is full, a key comes again, or nothing is left. */
  private void read(Map<String, Projection.Keyed> rows, int size) {
    for (SourceBatch from = turn(rows); from != null; from = turn(rows)) {
      List<Row> all = from.rows();
      for (; at < all.size(); at++) {
        Optional<Projection.Keyed> row = projection.keyed(all.get(at));
        if (row.isPresent() && rows.size() >= size) {
          cutShort |= size < request.size();
          return;
        }
        if (row.isPresent() && rows.putIfAbsent(row.get().member(), row.get()) != null) {
          return;
        }
        fresh++;
        blank += row.isPresent() ? 0 : 1;
      }
      malformed.addAll(from.malformed());
      passed = from.resumeFrom();
      batch = null;
    }
  }

  /**
   * The batch that is being read, or the next; null if there is none, nobody waits for it, or the
   * window is full. What goes wrong is told once the rows before it are sent.
   */
  private @Nullable SourceBatch turn(Map<String, Projection.Keyed> rows) {
    boolean full = rows.size() >= request.size();
    if (batch != null || full) {
      return batch;
    }
    try {
      batch = stream.next(request.cancellation()).orElse(null);
      at = 0;
    } catch (HostException e) {
      if (rows.isEmpty() && passed == null) {
        throw e;
      }
      failure = e;
    }
    return batch;
  }

  @Override
  public void close() {
    stream.close();
  }
}
