package dev.landfall.table;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckReport.Item;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.table.Table.Column;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks, item by item, whether a sync would work; changes nothing, and makes no file. */
final class TableCheck {

  private static final String DATABASE = "database";
  private static final String CREDENTIALS = "credentials";
  private static final String RIGHTS = "rights";
  private static final String SCRIPT = "script";
  private static final String NOT_ASKED = "The database could not be asked.";

  private final CheckRequest request;
  private final TableSettings.Access access;
  private final TableName name;
  private final boolean createTable;
  private final String table;
  private final List<Item> items = new ArrayList<>();

  TableCheck(CheckRequest request) {
    this.request = request;
    access = TableSettings.Access.of(request.connection());
    name = TableName.parse(request.target().get(TableSettings.TABLE));
    createTable = request.target().get(TableSettings.CREATE_TABLE);
    table = "table " + name;
  }

  CheckReport report() {
    if (fileIsToBeMade()) {
      checkFolder();
    } else {
      checkDatabase();
    }
    request.target().get(TableSettings.SCRIPT).ifPresent(this::checkScript);
    return new CheckReport(items);
  }

  /** The table's columns as fields; none if it is still to be made. */
  List<FieldSpec> fields() {
    if (fileIsToBeMade()) {
      return List.of();
    }
    try (Database database = Database.of(access);
        Store store = database.connect(false)) {
      Optional<Table> found = store.find(name);
      if (found.isEmpty() && !createTable) {
        throw new ConnectorException(notFound());
      }
      return found.map(TableCheck::fieldsOf).orElse(List.of());
    } catch (StoreException e) {
      throw new ConnectorException(e.problem());
    }
  }

  private static List<FieldSpec> fieldsOf(Table table) {
    return table.columns().stream()
        .filter(c -> !c.generated())
        .map(
            c -> {
              FieldSpec field =
                  FieldSpec.of(c.name(), c.type().fieldType())
                      .describedAs("Column of type " + c.typeName() + ".");
              boolean needed = !c.nullable() && !c.filled() && !table.fillsByItself();
              return needed ? field.asRequired() : field;
            })
        .toList();
  }

  private boolean fileIsToBeMade() {
    return createTable
        && DatabaseUrl.isDuckDb(access.url())
        && !Files.exists(DatabaseUrl.file(access.url()));
  }

  private void checkFolder() {
    Path file = DatabaseUrl.file(access.url());
    Path folder = file.getParent();
    if (folder != null && Files.isDirectory(folder) && Files.isWritable(folder)) {
      items.add(Item.passed(DATABASE, "The DuckDB file " + file + " is made by the first sync."));
      items.add(Item.passed(table, "The table is made by the first sync."));
    } else {
      items.add(
          Item.failed(
              DATABASE,
              TableProblem.DATABASE_UNUSABLE.problem(
                  "The DuckDB file "
                      + file
                      + " cannot be made: its folder does not exist or may not be written.")));
      items.add(Item.unverified(table, NOT_ASKED));
    }
  }

  private void checkDatabase() {
    try (Database database = Database.of(access);
        Store store = database.connect(false)) {
      items.add(Item.passed(DATABASE, "The database was opened."));
      if (!DatabaseUrl.isDuckDb(access.url())) {
        items.add(Item.passed(CREDENTIALS, "The database let the user in."));
      }
      checkTable(store);
    } catch (StoreException e) {
      notReached(e);
    }
  }

  private void notReached(StoreException e) {
    boolean refused = e.problem().code().equals(TableProblem.CREDENTIALS_REFUSED.code());
    if (refused) {
      items.add(Item.passed(DATABASE, "The server answers."));
      items.add(Item.failed(CREDENTIALS, e.problem()));
    } else {
      items.add(Item.failed(DATABASE, e.problem()));
      if (!DatabaseUrl.isDuckDb(access.url())) {
        items.add(Item.unverified(CREDENTIALS, "The credentials could not be tried."));
      }
    }
    items.add(Item.unverified(table, NOT_ASKED));
    items.add(Item.unverified(RIGHTS, NOT_ASKED));
  }

  private void checkTable(Store store) {
    try {
      Optional<Table> found = store.find(name);
      Store.Rights rights = store.rights(found, name);
      if (found.isPresent()) {
        items.add(
            Item.passed(
                table,
                "The table has the columns "
                    + found.get().columns().stream()
                        .map(Column::shown)
                        .collect(Collectors.joining(", "))
                    + "."));
        items.add(rights(rights));
      } else if (createTable && rights.createTable() && rights.writable()) {
        items.add(Item.passed(table, "The table is made by the first sync."));
      } else {
        items.add(Item.failed(table, createTable ? mayNotCreate() : notFound()));
      }
    } catch (StoreException e) {
      items.add(Item.failed(table, e.problem()));
      items.add(Item.unverified(RIGHTS, "They depend on the table."));
    }
  }

  private static Item rights(Store.Rights rights) {
    if (!rights.writable()) {
      return Item.failed(RIGHTS, TableProblem.READ_ONLY.problem());
    }
    String granted = String.join(", ", rights.granted());
    String missing = String.join(", ", rights.missing());
    if (missing.isEmpty()) {
      return Item.passed(
          RIGHTS, granted.isEmpty() ? "The file may be written." : "The user has " + granted + ".");
    }
    boolean nothing = !rights.granted().contains("INSERT") && !rights.granted().contains("UPDATE");
    if (nothing || missing.contains("SELECT") || missing.contains("TEMPORARY")) {
      return Item.failed(
          RIGHTS, TableProblem.PERMISSION_DENIED.problem("The user lacks " + missing + "."));
    }
    return Item.unverified(
        RIGHTS,
        "The user has "
            + granted
            + ", and lacks "
            + missing
            + " on the whole table: whether that suffices depends on the mode and the columns.");
  }

  private void checkScript(Path file) {
    try {
      int statements = Script.read(file).statements().size();
      items.add(
          Item.unverified(
              SCRIPT, "The script has " + statements + " statements, which only a sync runs."));
    } catch (ConnectorException e) {
      items.add(Item.failed(SCRIPT, e.problem()));
    }
  }

  private Problem notFound() {
    return TableProblem.TABLE_NOT_FOUND.problem(
        "The table " + name + " does not exist, or this user may not see it.");
  }

  private Problem mayNotCreate() {
    return TableProblem.PERMISSION_DENIED.problem(
        "The table " + name + " does not exist, and this user may not make it.");
  }
}
