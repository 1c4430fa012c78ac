package dev.landfall.host.audience;

import dev.landfall.host.HostException;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.duckdb.DatabaseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Several files, or one that a query reads, as the temporary table {@code file}. It spills like any
 * other table, and leaves no trace in the database's file. File by file, so that what is wrong has
 * a name.
 */
final class Parts {

  private final Database database;
  private final AudienceRequest request;
  private final boolean queried;
  private final Format format;
  private final List<Column> columns = new ArrayList<>();

  Parts(Database database, AudienceRequest request, boolean queried, Format format) {
    this.database = database;
    this.request = request;
    this.queried = queried;
    this.format = format;
  }

  /** Loads the files. */
  void load(
      List<Path> files,
      Unpacker unpacker,
      BiFunction<Path, DatabaseException, HostException> explained) {
    for (Path file : files) {
      try {
        load(unpacker.open(file), files.get(0));
      } catch (DatabaseException e) {
        throw explained.apply(file, e);
      }
    }
  }

  private void load(SourceFile file, Path first) {
    String relation = queried ? format.queryable(database, file) : format.relation(database, file);
    List<Column> own = Relation.columns(database, relation);
    if (columns.isEmpty()) {
      columns.addAll(own);
      database.run("create temp table file as select * from " + relation);
      return;
    }
    requireFit(file.file(), own, first);
    database.run("insert into file by name select * from " + relation);
  }

  private void requireFit(Path file, List<Column> own, Path first) {
    if (!format.columnsMayDiffer()) {
      if (own.size() != columns.size() || !columns.containsAll(own)) {
        throw SourceProblems.partsDiffer(file, own, first, columns);
      }
      return;
    }
    if (!queried) {
      requireId(file, own);
    }
    for (Column column : own) {
      if (!columns.contains(column)) {
        columns.add(column);
        database.run(
            "alter table file add column " + Database.name(column.name()) + " " + column.type());
      }
    }
  }

  /** A file without the id would be members without one, whom a mirror would remove. */
  private void requireId(Path file, List<Column> own) {
    List<String> names = own.stream().map(Column::name).toList();
    List<String> missing =
        Mappings.keyColumns(request).stream()
            .filter(column -> !names.contains(column))
            .map(column -> '"' + column + '"')
            .toList();
    if (!missing.isEmpty()) {
      throw SourceProblems.columnsMissing(file.toString(), missing);
    }
  }
}
