package dev.landfall.host.ledger;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.duckdb.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the destination accepted and has not confirmed. A row is kept as it was sent, with what
 * stood before it, so that the confirmation can be taken for the answer that the attempt did not
 * get. At most one row of a member is live.
 */
final class Receipts {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LedgerTables tables;
  private final Database db;
  private final String receipts;
  private final String accepted;

  /** Rows of one batch that were answered with one receipt. */
  private record Group(ChangeKind kind, @Nullable Object batch, Receipt receipt) {}

  private record Head(long id, Receipt receipt, ChangeKind kind) {}

  private record Row(long receipt, int place, Settlement settlement) {}

  /** The run that keeps a receipt, and what its rows look like. */
  record Origin(String run, String basis, RowShape shape) {}

  Receipts(LedgerTables tables) {
    this.tables = tables;
    this.db = tables.database();
    this.receipts = tables.table("receipts");
    this.accepted = tables.table("accepted");
  }

  boolean any() {
    return db.one("select count(*) > 0 from " + receipts, r -> r.getBoolean(1));
  }

  /** Keeps the receipts that are among some settlements. */
  void keep(List<Settlement> settlements, Origin origin, LongSupplier ids) {
    Map<Group, List<Settlement>> groups = new LinkedHashMap<>();
    for (Settlement settlement : settlements) {
      if (settlement.outcome() instanceof Outcome.Accepted answer) {
        Settlement.Place place = settlement.place();
        Group group =
            new Group(
                settlement.change().kind(),
                place == null ? settlement : Long.valueOf(place.batch()),
                answer.receipt());
        groups.computeIfAbsent(group, g -> new ArrayList<>()).add(settlement);
      }
    }
    if (groups.isEmpty()) {
      return;
    }
    List<Head> heads = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    groups.forEach(
        (group, members) -> {
          members.sort(Comparator.comparingInt(Receipts::place));
          long id = ids.getAsLong();
          heads.add(new Head(id, group.receipt(), group.kind()));
          members.forEach(m -> rows.add(new Row(id, place(m), m)));
        });
    String shape = JSON.writeValueAsString(origin.shape());
    db.append(
        tables.catalog(),
        "receipts",
        heads,
        (row, head) ->
            row.append(head.id())
                .append(head.receipt().value())
                .append(LedgerTables.code(head.kind()))
                .append(shape)
                .append(origin.run())
                .append(origin.basis()));
    db.append(
        tables.catalog(),
        "accepted",
        rows,
        (row, one) -> {
          Change change = one.settlement().change();
          Standing before = change.before();
          row.append(one.receipt()).append(one.place()).append(true);
          row.append(change.member()).append(change.text());
          row.append(JSON.writeValueAsString(change.others()));
          row.append(change.rejectedBefore()).append(one.settlement().at().toEpochMilli());
          if (before == null) {
            row.appendNull().append(false).append(false).appendNull().appendNull();
          } else {
            row.append(before.text()).append(before.present()).append(before.confirmed());
            Entry.append(row, before.addUnknownAt());
            Entry.append(row, before.removeUnknownAt());
          }
          Entry.append(row, before == null ? null : before.hash());
          Entry.append(row, change.hash());
        });
  }

  private static int place(Settlement settlement) {
    Settlement.Place place = settlement.place();
    return place == null ? 0 : place.row();
  }

  /** The numbers of the receipts whose rows have a shape, the oldest first. */
  List<Long> outstanding(RowShape shape) {
    return db.query(
        "select id from " + receipts + " where shape = ? order by id",
        r -> r.getLong(1),
        JSON.writeValueAsString(shape));
  }

  /** The shapes that there are receipts for. */
  List<RowShape> shapes() {
    return db.query(
        "select distinct shape from " + receipts + " order by shape",
        r -> JSON.readValue(r.getString(1), RowShape.class));
  }

  /** One receipt, for a run that asks; empty if there is none any more. */
  Optional<Outstanding> find(long id, String askingRun) {
    return db
        .query(
            "select receipt, kind, run, basis from " + receipts + " where id = ?",
            r ->
                new Outstanding(
                    id,
                    new Receipt(r.getString(1)),
                    LedgerTables.kind(r.getInt(2)),
                    r.getString(3),
                    r.getString(3).equals(askingRun),
                    r.getString(4),
                    rows(id, LedgerTables.kind(r.getInt(2)))),
            id)
        .stream()
        .findFirst();
  }

  private List<Outstanding.Accepted> rows(long id, ChangeKind kind) {
    return db.query(
        "select place, member, text, others, rejected_before, sent_at, live, before_text, present,"
            + " confirmed, add_unknown_at, remove_unknown_at, before_hash, hash from "
            + accepted
            + " where receipt = ? order by place",
        r -> row(r, kind),
        id);
  }

  private static Outstanding.Accepted row(ResultSet row, ChangeKind kind) throws SQLException {
    List<@Nullable String> others = Arrays.asList(JSON.readValue(row.getString(4), String[].class));
    @Nullable Standing before = row.getString(8) == null ? null : LedgerTables.standing(row, 8);
    return new Outstanding.Accepted(
        new Change(
            row.getInt(1) + 1L,
            kind,
            row.getString(2),
            row.getString(3),
            others,
            LedgerTables.hash(row, 14),
            before,
            row.getBoolean(5)),
        Instant.ofEpochMilli(row.getLong(6)),
        row.getBoolean(7));
  }

  /** Which of some members are awaited, and for what. */
  Map<String, ChangeKind> awaited(Collection<String> members) {
    Map<String, ChangeKind> awaited = new HashMap<>();
    if (!members.isEmpty() && any()) {
      db.query(
          "select a.member, r.kind from "
              + accepted
              + " a join "
              + receipts
              + " r on r.id = a.receipt where a.live and "
              + in(members),
          r -> awaited.put(r.getString(1), LedgerTables.kind(r.getInt(2))));
    }
    return awaited;
  }

  /** Which members are awaited that some settlements say something later of, and for what. */
  Map<String, ChangeKind> supersededBy(List<Settlement> settlements) {
    return awaited(
        settlements.stream()
            .filter(s -> reached(s.outcome()))
            .map(s -> s.change().member())
            .toList());
  }

  /** A settlement, reckoned with what it supersedes. */
  static Settlement superseding(
      Settlement s, Map<String, ChangeKind> awaited, Rules rules, Instant now) {
    @Nullable ChangeKind earlier = awaited.get(s.change().member());
    return earlier == null || !reached(s.outcome())
        ? s
        : new Settlement(
            rules.superseding(s.change(), earlier, now),
            s.outcome(),
            s.unknownAt(),
            s.at(),
            s.place());
  }

  /** Whether the destination was asked, and may have done something. */
  private static boolean reached(Outcome outcome) {
    return !(outcome instanceof Outcome.Retryable || outcome instanceof Outcome.NotAttempted);
  }

  /** Asks no more for some members: a later change of them has settled. */
  void supersede(Collection<String> members) {
    if (!members.isEmpty()) {
      db.run("update " + accepted + " set live = false where live and " + in(members));
      prune();
    }
  }

  /**
   * Gives up some accepted rows: what was accepted may take effect within the settling time from
   * now on, and nobody asks for it. The journal has to be folded.
   *
   * @param which a condition on the accepted rows, which are {@code a} in it
   */
  void giveUp(String which, Instant now) {
    if (!any()) {
      return;
    }
    db.run(
        "create or replace temp table given_up as select a.member, r.kind from "
            + accepted
            + " a join "
            + receipts
            + " r on r.id = a.receipt where a.live and "
            + which);
    for (boolean removal : new boolean[] {false, true}) {
      db.run(
          "update "
              + tables.table("standings")
              + " set present = false, hash = null, "
              + (removal ? "remove_unknown_at" : "add_unknown_at")
              + " = "
              + now.toEpochMilli()
              + " where member in (select member from temp.given_up where "
              + (removal ? "" : "not ")
              + LedgerTables.isRemoval()
              + ")");
    }
    db.run(
        "update " + accepted + " a set live = false where a.live and " + which,
        "drop table temp.given_up");
    prune();
  }

  /** Forgets a receipt that is settled. */
  void settled(long id) {
    db.update("delete from " + receipts + " where id = ?", id);
    db.update("delete from " + accepted + " where receipt = ?", id);
  }

  private void prune() {
    db.run(
        "delete from "
            + receipts
            + " where id not in (select receipt from "
            + accepted
            + " where live)",
        "delete from " + accepted + " where receipt not in (select id from " + receipts + ")");
  }

  private static String in(Collection<String> members) {
    return members.stream()
        .map(Database::literal)
        .collect(Collectors.joining(", ", "member in (", ")"));
  }
}
