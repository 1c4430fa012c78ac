package dev.landfall.host.ledger;

import dev.landfall.host.duckdb.Database;
import java.util.UUID;

/** The ledger's tables, and how the journal becomes part of them. */
final class LedgerSchema {

  private LedgerSchema() {}

  static void create(Database db, String catalog) {
    String main = catalog + ".main.";
    db.run(
        "create table " + main + "meta(name varchar, value varchar)",
        "insert into "
            + main
            + "meta values ('schema', '"
            + LedgerTables.SCHEMA
            + "'),"
            + " ('id', '"
            + UUID.randomUUID()
            + "'), ('sequence', '0')",
        "create table "
            + main
            + "standings(member varchar, text varchar, present boolean,"
            + " confirmed boolean, add_unknown_at bigint, remove_unknown_at bigint, hash bigint)",
        "create table "
            + main
            + "journal(seq bigint, member varchar, text varchar, state integer,"
            + " confirmed boolean, add_unknown_at bigint, remove_unknown_at bigint, intent integer,"
            + " hash bigint)",
        "create table "
            + main
            + "rejections(member varchar, kind integer, code varchar,"
            + " basis varchar, first_run varchar, last_run varchar, last_at bigint)",
        "create table "
            + main
            + "rejection_journal(seq bigint, member varchar, kind integer,"
            + " code varchar, basis varchar, run varchar, happened_at bigint)",
        "create table "
            + main
            + "runs(run varchar, approved boolean, finished boolean, streams boolean)",
        "create table "
            + main
            + "plans(run varchar, kind integer, planned bigint, withheld bigint,"
            + " quarantined bigint)",
        "create table "
            + main
            + "books(run varchar, kind integer, happened_at bigint, delivered bigint,"
            + " unchanged bigint, rejected bigint, retryable bigint, unknown bigint,"
            + " accepted bigint, not_attempted bigint, confirmed bigint)",
        "create table " + main + "withholding(digest varchar, changes bigint, nonce varchar)");
    createReceipts(db, main);
    createStreams(db, main);
  }

  /** How far streams were read, and the rows behind that which were not delivered. */
  private static void createStreams(Database db, String main) {
    db.run(
        "create table " + main + "cursors(stream varchar, cursor varchar)",
        "create table "
            + main
            + "held(seq bigint, member varchar, text varchar, others varchar, shape varchar)");
  }

  /** The tables of schema 2. */
  private static void createReceipts(Database db, String main) {
    db.run(
        "create table "
            + main
            + "receipts(id bigint, receipt varchar, kind integer, shape varchar, run varchar,"
            + " basis varchar)",
        "create table "
            + main
            + "accepted(receipt bigint, place integer, live boolean, member varchar, text varchar,"
            + " others varchar, rejected_before boolean, sent_at bigint, before_text varchar,"
            + " present boolean, confirmed boolean, add_unknown_at bigint,"
            + " remove_unknown_at bigint, before_hash bigint, hash bigint)");
  }

  /** Makes the tables that an older host wrote those of this one; within a transaction. */
  static void migrate(LedgerTables tables) {
    Database db = tables.database();
    String main = tables.catalog() + ".main.";
    if (tables.schema() < LedgerTables.WITH_RECEIPTS) {
      createReceipts(db, main);
    } else {
      db.run(
          "alter table " + main + "accepted add column before_hash bigint",
          "alter table " + main + "accepted add column hash bigint");
    }
    db.run(
        "alter table " + main + "standings add column hash bigint",
        "alter table " + main + "journal add column hash bigint",
        "alter table " + main + "runs add column streams boolean default false");
    createStreams(db, main);
    db.update(
        "update " + tables.table("meta") + " set value = ? where name = 'schema'",
        String.valueOf(LedgerTables.SCHEMA));
  }

  /**
   * Makes the journal part of the tables, in one transaction. A new table is written rather than
   * the old one updated: on millions of rows that is far faster, and the file keeps its size.
   */
  static void fold(LedgerTables tables) {
    Database db = tables.database();
    boolean standings = tables.journalled();
    boolean rejections =
        db.one(
            "select count(*) > 0 from " + tables.table("rejection_journal"), r -> r.getBoolean(1));
    if (!standings && !rejections) {
      return;
    }
    db.transaction(
        () -> {
          long sequence = tables.lastSequence();
          if (standings) {
            replace(tables, "standings", tables.standings(), "journal");
          }
          if (rejections) {
            replace(tables, "rejections", tables.rejections(), "rejection_journal");
          }
          advance(tables, sequence);
        });
  }

  /** Notes how far the sequence of commits has come, for when the journal no longer says so. */
  static void advance(LedgerTables tables, long sequence) {
    tables
        .database()
        .update(
            "update " + tables.table("meta") + " set value = ? where name = 'sequence'",
            String.valueOf(sequence));
  }

  private static void replace(LedgerTables tables, String table, String content, String journal) {
    tables
        .database()
        .run(
            "create table " + tables.table("folded") + " as from " + content,
            "drop table " + tables.table(table),
            "alter table " + tables.table("folded") + " rename to " + table,
            "delete from " + tables.table(journal));
  }
}
