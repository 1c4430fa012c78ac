package dev.landfall.host.plan;

import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.ledger.LedgerTables;
import java.time.Duration;
import java.time.Instant;

/**
 * Compares an audience, or records, with a ledger. The audience is a table {@code audience(member,
 * text, others)} with one row for each member, and a {@code hash} of its values if it is a record;
 * audience, ledger and plan are attached to one database.
 *
 * <p>Which rows are added and removed is one method each, so that tests can switch a rule off and
 * must find a member lost or leaked.
 */
public class Planner {

  private static final String BEFORE =
      "s.text as before_text, s.present, s.confirmed, s.add_unknown_at, s.remove_unknown_at,"
          + " s.hash as before_hash";

  private final Database database;

  /** A planner in the database that everything is attached to. */
  public Planner(Database database) {
    this.database = database;
  }

  /**
   * Plans a run, and writes its changes to a plan table.
   *
   * @param ledger the ledger; only read
   * @param audience what to put behind "from" to get {@code member, text, others} and, for records,
   *     {@code hash}
   * @param target where the changes go
   * @param request how to plan
   */
  public final Plan plan(
      LedgerTables ledger, String audience, PlanTable target, PlanRequest request) {
    String standings = (request.full() ? ledger.distrusted() : ledger).standings();
    target.create();
    String source =
        request.mode() instanceof RecordSyncMode
            ? audience
            : "(select *, null::bigint as hash from " + audience + ")";
    for (ChangeKind kind : request.mode().changeKinds()) {
      write(target, kind, changes(kind, standings, source, request), ledger, request);
    }
    return summary(ledger, standings, target, request);
  }

  private String changes(ChangeKind kind, String standings, String source, PlanRequest request) {
    return switch (kind) {
      case ADD, INSERT -> adds(standings, source);
      case UPDATE, UPSERT -> writes(standings, source);
      case REMOVE, DELETE ->
          request.mode() == AudienceSyncMode.REMOVE
              ? everyRow(standings, source)
              : mirrorRemoves(standings, source);
    };
  }

  /** Members of the audience that are not known to be in the target. */
  protected String adds(String standings, String audience) {
    return "select a.member, a.text, a.others, a.hash, "
        + BEFORE
        + " from ("
        + without(audience, "(from " + standings + " where present)")
        + ") a left join (from "
        + standings
        + " where not present) s on s.member = a.member";
  }

  /** Records that are not known to be in the target with just these values. */
  protected String writes(String standings, String records) {
    return "select a.member, a.text, a.others, a.hash, "
        + BEFORE
        + " from (from "
        + records
        + " semi join (select member from "
        + records
        + " anti join (select member, hash from "
        + standings
        + " where present) using (member, hash)) using (member)) a left join (from "
        + standings
        + ") s on s.member = a.member";
  }

  /** Members that are, or may be, in the target and not in the audience. */
  protected String mirrorRemoves(String standings, String audience) {
    return "select s.member, s.text, []::varchar[] as others, null::bigint as hash, "
        + BEFORE
        + " from ("
        + without(standings, audience)
        + ") s";
  }

  /**
   * The rows of one relation whose members another lacks. They are found by their members alone,
   * and fetched then: carried along, the other columns would take part in the spilling.
   */
  private static String without(String relation, String other) {
    return "from "
        + relation
        + " semi join (select member from "
        + relation
        + " anti join (select member from "
        + other
        + ") using (member)) using (member)";
  }

  private static String everyRow(String standings, String audience) {
    return "select a.member, a.text, []::varchar[] as others, null::bigint as hash, "
        + BEFORE
        + " from (from "
        + audience
        + ") a left join (from "
        + standings
        + ") s on s.member = a.member";
  }

  /** Whether a rejection keeps its member from being offered; r is the rejection. */
  protected String quarantine(PlanRequest request) {
    if (request.full() || request.offerRejected()) {
      return "false";
    }
    long since = request.now().minus(request.retryRejectedAfter()).toEpochMilli();
    return "coalesce(r.basis = "
        + Database.literal(request.basis())
        + " and r.last_at > "
        + since
        + ", false)";
  }

  private void write(
      PlanTable target, ChangeKind kind, String changes, LedgerTables ledger, PlanRequest request) {
    // Members rejected before, and those in doubt, go last: one bad corner must not come first.
    target.insert(
        kind,
        "select c.*, r.member is not null as rejected_before, "
            + quarantine(request)
            + " as quarantined from ("
            + changes
            + ") c left join (from "
            + ledger.rejections()
            + " where kind = "
            + LedgerTables.code(kind)
            + ") r on r.member = c.member"
            + " order by (rejected_before or present is false), hash(c.member)");
  }

  private Plan summary(
      LedgerTables ledger, String standings, PlanTable target, PlanRequest request) {
    long[] held =
        database.one(
            "select count(*), count(*) filter (confirmed) from " + standings,
            r -> new long[] {r.getLong(1), r.getLong(2)});
    Plan.Side adds = Plan.Side.NONE;
    Plan.Side removes = Plan.Side.NONE;
    for (ChangeKind kind : request.mode().changeKinds()) {
      if (kind.keyOnly()) {
        removes = target.side(kind);
      } else {
        adds = target.side(kind);
      }
    }
    return new Plan(
        !ledger.everRan() && held[0] == 0,
        held[0],
        adds,
        removes,
        removes.offered() > 0
            && (isBlind(request) || withholds(ledger, target, request, held[0], held[1])));
  }

  /** Whether who is missing in the source may be in it all the same. */
  protected boolean isBlind(PlanRequest request) {
    return request.incomplete() && request.mode() != AudienceSyncMode.REMOVE;
  }

  /**
   * Whether the budget holds the removals back; quarantined ones count, since they may come yet.
   */
  protected boolean withholds(
      LedgerTables ledger, PlanTable target, PlanRequest request, long rows, long confirmedRows) {
    PlanTable.Held removals = target.heldRemovals();
    LedgerTables.Removed earlier =
        request.budget().window() == null
            ? new LedgerTables.Removed(0, 0)
            : ledger.removedSince(start(request));
    return request
        .budget()
        .withholds(
            new RemovalBudget.Reckoning(rows, removals.all(), earlier.all()),
            new RemovalBudget.Reckoning(confirmedRows, removals.confirmed(), earlier.confirmed()));
  }

  private static Instant start(PlanRequest request) {
    Duration window = request.budget().window();
    return window == null ? request.now() : request.now().minus(window);
  }
}
