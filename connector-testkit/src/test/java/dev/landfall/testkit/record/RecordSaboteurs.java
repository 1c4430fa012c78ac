package dev.landfall.testkit.record;

import static dev.landfall.testkit.record.RecordSabotage.saboteur;
import static dev.landfall.testkit.record.RecordSabotage.writing;

import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.Row;
import dev.landfall.testkit.record.RecordSabotage.Breakable;
import dev.landfall.testkit.saboteur.Saboteur;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Wrong with records: every one, those that are wrong with targets and with values among them. */
public final class RecordSaboteurs {

  private static final Outcome DONE = new Outcome.Delivered(Effect.UNREPORTED);

  private static final List<Saboteur> OF_KINDS =
      List.of(
          saboteur(
              "opens modes that it does not declare",
              "a session was opened",
              "D-4.3",
              () ->
                  new GoldenTableDestination() {
                    @Override
                    protected DestinationDescriptor.Builder describe() {
                      return super.describe().modes(RecordSyncMode.UPSERT);
                    }

                    @Override
                    protected boolean knows(SessionRequest request) {
                      return true;
                    }
                  }),
          saboteur(
              "stores no record, and reports success",
              "to be in target",
              "D-5.5 D-3.1 D-3.3 D-3.5 D-4.1 D-4.2 D-4.6 D-5.2 D-5.4 D-5.6 D-5.7 D-5.8 "
                  + "D-8.5 D-8.7 D-12.1 D-12.2 D-12.3 D-12.4 D-12.5 D-12.6 D-12.7 D-12.8 "
                  + "D-12.9 D-12.10 D-12.11 D-12.12 D-12.13 D-12.15 D-12.16 D-12.17",
              writing(
                  file ->
                      new Breakable(file) {
                        @Override
                        protected List<Outcome> write(Table table, Batch batch) {
                          return Collections.nCopies(batch.size(), DONE);
                        }
                      })),
          saboteur(
              "drops the last record of a batch",
              "to be in target",
              "D-5.5 D-4.1 D-4.6 D-5.4 D-5.7 D-5.8 D-8.5 D-8.7 D-12.1 D-12.2 D-12.4 D-12.5 "
                  + "D-12.7 D-12.9 D-12.10 D-12.11 D-12.12 D-12.13 D-12.15 D-12.16 D-12.17",
              writing(
                  file ->
                      new Breakable(file) {
                        @Override
                        protected List<Outcome> write(Table table, Batch batch) {
                          int sent = batch.size() - (batch.size() > 1 ? 1 : 0);
                          List<Outcome> outcomes = new ArrayList<>();
                          for (Row row : batch.rows()) {
                            outcomes.add(
                                outcomes.size() < sent ? write(table, batch.kind(), row) : DONE);
                          }
                          return outcomes;
                        }
                      })),
          saboteur(
              "connects to something",
              "a connection to port",
              "D-7.14",
              writing(
                  file -> {
                    connect();
                    return new Breakable(file);
                  })),
          saboteur(
              "takes an upsert for an insert",
              "to hold",
              "D-12.2 D-5.12 D-12.1 D-12.3 D-12.8 D-12.11 D-12.17",
              taking(ChangeKind.UPSERT, ChangeKind.INSERT)),
          saboteur(
              "takes an upsert for an update",
              "Delivered for record",
              "D-12.2 D-3.1 D-3.3 D-3.5 D-4.1 D-4.2 D-4.4 D-4.6 D-4.7 D-5.2 D-5.4 D-5.6 "
                  + "D-5.7 D-5.8 D-5.13 D-8.1 D-8.2 D-8.4 D-8.5 D-8.6 D-8.7 D-8.8 D-8.9 D-8.11 D-12.1 "
                  + "D-12.9 D-12.10 D-12.11 D-12.12 D-12.13 D-12.17",
              taking(ChangeKind.UPSERT, ChangeKind.UPDATE)),
          saboteur(
              "empties the fields that a row does not have",
              "it holds nothing",
              "D-12.3 D-12.1",
              writing(
                  file ->
                      new Breakable(file) {
                        @Override
                        protected void overwrite(
                            Map<String, Object> row, Map<String, @Nullable Object> values) {
                          row.clear();
                          super.overwrite(row, values);
                        }
                      })),
          saboteur(
              "takes an insert for an update",
              "Delivered for record",
              "D-12.4 D-4.4 D-5.12 D-12.1 D-12.5 D-12.8 D-12.9 D-12.13 D-12.15 " + "D-12.17",
              taking(ChangeKind.INSERT, ChangeKind.UPDATE)),
          saboteur(
              "takes an insert for an upsert",
              "to hold",
              "D-12.5 D-5.12 D-12.1",
              taking(ChangeKind.INSERT, ChangeKind.UPSERT)),
          saboteur(
              "rejects an insert whose key is taken",
              "Delivered for record",
              "D-12.5 D-12.14 D-12.15 D-12.17",
              applying(
                  (session, table, kind, values) ->
                      kind == ChangeKind.INSERT && table.find(values).isPresent()
                          ? new Outcome.Rejected(TableProblems.UNFIT)
                          : session.goOn(table, kind, values))),
          saboteur(
              "takes an update for an insert",
              "to hold",
              "D-12.6 D-5.12 D-12.1 D-12.3 D-12.7 D-12.8 D-12.11 D-12.13 D-12.16 " + "D-12.17",
              applying(
                  (session, table, kind, values) ->
                      session.goOn(
                          table,
                          kind == ChangeKind.UPDATE && table.find(values).isPresent()
                              ? ChangeKind.INSERT
                              : kind,
                          values))),
          saboteur(
              "takes an update for an upsert",
              "Rejected for record",
              "D-12.7 D-5.5 D-5.12 D-12.8",
              taking(ChangeKind.UPDATE, ChangeKind.UPSERT)),
          saboteur(
              "takes an update of nothing for done",
              "Rejected for record",
              "D-12.7 D-12.8",
              applying(
                  (session, table, kind, values) ->
                      kind == ChangeKind.UPDATE && table.find(values).isEmpty()
                          ? DONE
                          : session.goOn(table, kind, values))),
          saboteur(
              "finds records by the first field of their key",
              "to be in target",
              "D-12.8 D-5.5 D-5.12",
              applying(
                  (session, table, kind, values) ->
                      session.goOn(table, kind, withKeyOfAny(table, "shop", values)))),
          saboteur(
              "deletes by the last field of a key",
              "to be in target",
              "D-12.8 D-5.5",
              applying(
                  (session, table, kind, values) ->
                      session.goOn(
                          table,
                          kind,
                          kind == ChangeKind.DELETE
                              ? withKeyOfAny(table, "line", values)
                              : values))),
          saboteur(
              "takes nothing for a key",
              "Rejected for record",
              "D-12.9 D-3.1",
              writing(
                  file ->
                      new Breakable(file) {
                        @Override
                        protected boolean lacksKey(Row row) {
                          return false;
                        }
                      })),
          saboteur(
              "looks for nothing in the first field of a key alone",
              "Rejected for record with nothing in line",
              "D-12.9",
              writing(
                  file ->
                      new Breakable(file) {
                        @Override
                        protected boolean lacksKey(Row row) {
                          return row.key().get(0) == null;
                        }
                      })),
          saboteur(
              "takes one refused record for a refused batch",
              "Delivered for record",
              "D-12.13 D-5.2 D-5.6 D-12.10",
              writing(
                  file ->
                      new Breakable(file) {
                        @Override
                        protected List<Outcome> write(Table table, Batch batch) {
                          boolean unfit = batch.rows().stream().anyMatch(this::isUnfit);
                          return unfit
                              ? Collections.nCopies(
                                  batch.size(), new Outcome.Rejected(TableProblems.UNFIT))
                              : super.write(table, batch);
                        }
                      })),
          saboteur(
              "writes nothing behind a refused record",
              "to be in target",
              "D-12.13 D-5.5 D-12.10",
              writing(
                  file ->
                      new Breakable(file) {
                        @Override
                        protected List<Outcome> write(Table table, Batch batch) {
                          List<Outcome> outcomes = new ArrayList<>();
                          boolean refused = false;
                          for (Row row : batch.rows()) {
                            refused |= isUnfit(row);
                            outcomes.add(
                                refused && !isUnfit(row) ? DONE : write(table, batch.kind(), row));
                          }
                          return outcomes;
                        }
                      })),
          saboteur(
              "changes all that have the same name",
              "to stay as it was",
              "D-12.14 D-12.1",
              writing(
                  file ->
                      new Breakable(file) {
                        @Override
                        protected Outcome change(
                            Table table,
                            Map<String, Object> there,
                            Map<String, @Nullable Object> values) {
                          Object name = there.get("name");
                          for (Map<String, Object> row : table.rows()) {
                            if (Objects.equals(row.get("name"), name)
                                && values.get("city") != null) {
                              row.put("city", values.get("city"));
                            }
                          }
                          return super.change(table, there, values);
                        }
                      })),
          saboteur(
              "takes a percent sign for any key",
              "to stay as it was",
              "D-12.14 D-5.5 D-5.12",
              applying(
                  (session, table, kind, values) -> {
                    if (kind == ChangeKind.DELETE && "%".equals(values.get("id"))) {
                      table.rows().forEach(table::remove);
                    }
                    return session.goOn(table, kind, values);
                  })),
          saboteur(
              "inserts again what is sent again",
              "once",
              "D-12.15 D-5.5 D-5.12 D-12.5 D-12.17",
              applying(
                  (session, table, kind, values) ->
                      kind == ChangeKind.INSERT
                          ? session.add(table, values)
                          : session.goOn(table, kind, values))),
          saboteur(
              "counts updates in a field",
              "to hold",
              "D-12.16 D-5.12 D-12.1 D-12.9 D-12.11 D-12.13",
              applying(
                  (session, table, kind, values) -> {
                    Map<String, @Nullable Object> counted = new LinkedHashMap<>(values);
                    long before =
                        table.find(values).map(row -> (Long) row.get("points")).orElse(0L);
                    counted.computeIfPresent(
                        "points",
                        (field, points) ->
                            kind == ChangeKind.UPDATE && before >= (Long) points
                                ? before + 1
                                : points);
                    return session.goOn(table, kind, counted);
                  })),
          saboteur(
              "remembers what it has written, though it was deleted",
              "Delivered for record",
              "D-12.17 D-5.5 D-5.12",
              () -> {
                Set<Object> written = Collections.synchronizedSet(new HashSet<>());
                return applying(
                        (session, table, kind, values) -> {
                          if (kind == ChangeKind.INSERT && written.contains(values.get("id"))) {
                            return new Outcome.Delivered(Effect.UNCHANGED);
                          }
                          written.add(String.valueOf(values.get("id")));
                          return session.goOn(table, kind, values);
                        })
                    .get();
              }));

  /** In the order of the rules they were written for. */
  public static final List<Saboteur> ALL =
      Stream.of(TargetSaboteurs.ALL, OF_KINDS, StraySaboteurs.ALL, ValueSaboteurs.ALL)
          .flatMap(List::stream)
          .toList();

  private RecordSaboteurs() {}

  @FunctionalInterface
  private interface Applying {
    Outcome apply(
        Applied session, Table table, ChangeKind kind, Map<String, @Nullable Object> values);
  }

  /** Golden's session, broken in what a change does. */
  private static final class Applied extends Breakable {
    private final Applying applying;

    Applied(Path file, Applying applying) {
      super(file);
      this.applying = applying;
    }

    @Override
    protected Outcome apply(Table table, ChangeKind kind, Map<String, @Nullable Object> values) {
      return applying.apply(this, table, kind, values);
    }

    Outcome goOn(Table table, ChangeKind kind, Map<String, @Nullable Object> values) {
      return super.apply(table, kind, values);
    }

    @Override
    protected Outcome add(Table table, Map<String, @Nullable Object> values) {
      return super.add(table, values);
    }
  }

  private static Supplier<Destination> applying(Applying applying) {
    return writing(file -> new Applied(file, applying));
  }

  /** Takes one kind of change for another. */
  private static Supplier<Destination> taking(ChangeKind kind, ChangeKind other) {
    return applying(
        (session, table, asked, values) ->
            session.goOn(table, asked == kind ? other : asked, values));
  }

  /** The whole key of some record that agrees in one field of the key. */
  private static Map<String, @Nullable Object> withKeyOfAny(
      Table table, String field, Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> found = new LinkedHashMap<>(values);
    if (values.containsKey(field)) {
      table.rows().stream()
          .filter(row -> Objects.equals(row.get(field), values.get(field)))
          .findFirst()
          .ifPresent(
              row -> {
                found.put("shop", row.get("shop"));
                found.put("line", row.get("line"));
              });
    }
    return found;
  }

  private static void connect() {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
        OutputStream out = socket.getOutputStream()) {
      out.write('?');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
