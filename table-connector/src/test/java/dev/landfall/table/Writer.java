package dev.landfall.table;

import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.Context;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.connector.sync.SyncMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes rows through the front doors, as a host does, and tells outcomes in short words. */
final class Writer implements AutoCloseable {

  static final Path FOLDER = Path.of("/nowhere");

  private static final Destination DESTINATION = new TableDestination();

  private final DestinationSession session;
  private final RowSchema schema;

  private Writer(DestinationSession session, RowSchema schema) {
    this.session = session;
    this.schema = schema;
  }

  /** What a session is opened with. */
  static final class Opening {
    private final Map<String, Object> connection;
    private final Map<String, Object> target = new LinkedHashMap<>();
    private final List<FieldSpec> fields = new ArrayList<>();
    private List<String> key = List.of();
    private SyncMode mode = RecordSyncMode.UPSERT;
    private Context context = Context.builder().build();

    private Opening(Map<String, Object> connection, String table) {
      this.connection = new LinkedHashMap<>(connection);
      target.put("table", table);
    }

    Opening connection(String setting, Object value) {
      connection.put(setting, value);
      return this;
    }

    Opening target(String setting, Object value) {
      target.put(setting, value);
      return this;
    }

    Opening creating() {
      return target("createTable", true);
    }

    Opening field(String name, FieldType type) {
      fields.add(FieldSpec.of(name, type));
      return this;
    }

    Opening texts(String... names) {
      Arrays.stream(names).forEach(name -> field(name, FieldType.TEXT));
      return this;
    }

    Opening key(String... names) {
      key = List.of(names);
      return this;
    }

    Opening mode(RecordSyncMode value) {
      mode = value;
      return this;
    }

    /** A mode of the other family, which no host would ask for. */
    Opening audience() {
      mode = AudienceSyncMode.ADD;
      return this;
    }

    Opening notices(Context.Notices notices) {
      context = Context.builder().notices(notices).build();
      return this;
    }

    /** As by a host that relies on earlier deliveries. */
    Opening deliveredBefore() {
      context = Context.builder().deliveredBefore(true).build();
      return this;
    }

    CheckRequest check() {
      return new CheckRequest(
          DESTINATION.descriptor().connection().connection(connection, FOLDER).orThrow(),
          DESTINATION.descriptor().target().target(target, FOLDER).orThrow(),
          context);
    }

    Writer open() {
      CheckRequest read = check();
      RowSchema schema = new RowSchema(fields, key.isEmpty() ? List.of(fields.get(0).name()) : key);
      return new Writer(
          DESTINATION.open(
              new SessionRequest(read.connection(), read.target(), mode, schema, context)),
          schema);
    }
  }

  /** Rows into a table; the first field is the key, and upsert the mode, unless said otherwise. */
  static Opening into(TestDatabase database, String table) {
    return new Opening(database.connection(), table);
  }

  static Opening into(Map<String, Object> connection, String table) {
    return new Opening(connection, table);
  }

  RowSchema schema() {
    return schema;
  }

  /** A row of the session's fields. */
  Row row(@Nullable Object... values) {
    return Row.of(schema, values);
  }

  BatchResult result(ChangeKind kind, List<Row> rows) {
    return session.deliver(new Batch(kind, kind.keyOnly() ? schema.keyOnly() : schema, rows));
  }

  /** What became of each row: {@code changed}, {@code unchanged}, or a word and a code. */
  List<String> deliver(ChangeKind kind, Row... rows) {
    return words(result(kind, List.of(rows)));
  }

  List<String> insert(Row... rows) {
    return deliver(ChangeKind.INSERT, rows);
  }

  List<String> update(Row... rows) {
    return deliver(ChangeKind.UPDATE, rows);
  }

  List<String> upsert(Row... rows) {
    return deliver(ChangeKind.UPSERT, rows);
  }

  /** Deletes records by the values of their keys. */
  List<String> delete(@Nullable Object... keys) {
    Row[] rows =
        Arrays.stream(keys)
            .map(
                key ->
                    Row.of(
                        schema.keyOnly(),
                        key instanceof Object[] parts ? parts : new Object[] {key}))
            .toArray(Row[]::new);
    return deliver(ChangeKind.DELETE, rows);
  }

  static List<String> words(BatchResult result) {
    List<String> words = new ArrayList<>();
    for (Outcome outcome : result.outcomes()) {
      words.add(word(outcome));
    }
    if (result.stop() != null) {
      words.add("stop " + result.stop().code());
    }
    return words;
  }

  static String word(Outcome outcome) {
    return outcome.fold(
        new Outcome.Cases<>() {
          @Override
          public String delivered(Outcome.Delivered o) {
            return o.effect().name().toLowerCase(Locale.ROOT);
          }

          @Override
          public String accepted(Outcome.Accepted o) {
            return "accepted";
          }

          @Override
          public String rejected(Outcome.Rejected o) {
            return "rejected " + o.problem().code();
          }

          @Override
          public String retryable(Outcome.Retryable o) {
            return "retryable " + o.problem().code();
          }

          @Override
          public String unknown(Outcome.Unknown o) {
            return "unknown " + o.problem().code();
          }

          @Override
          public String notAttempted(Outcome.NotAttempted o) {
            return "not attempted";
          }
        });
  }

  @Override
  public void close() {
    session.close();
  }
}
