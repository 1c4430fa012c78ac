package dev.landfall.shelf;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A destination of records whose drawers are files, one record a line: its key, a colon, and its
 * fields. What it answers stands in {@code answers.properties}, as for {@link Shelf}; {@code
 * batches.log} has a line for each batch.
 */
public final class Cabinet implements Destination {

  private static final Setting<Path> FOLDER = Setting.path("folder", "Folder").required();
  private static final Setting<String> DRAWER = Setting.text("drawer", "Drawer").required();
  private static final Object ONE_AT_A_TIME = new Object();

  @Override
  public DestinationDescriptor descriptor() {
    return DestinationDescriptor.builder("cabinet", "Cabinet", "1.0.0")
        .connection(SettingsSpec.of(FOLDER))
        .target(SettingsSpec.of(DRAWER))
        .identity(FOLDER, DRAWER)
        .modes(RecordSyncMode.values())
        .freeFields()
        .batch(3, 100)
        .idempotent(ChangeKind.INSERT, ChangeKind.UPDATE, ChangeKind.UPSERT, ChangeKind.DELETE)
        .build();
  }

  @Override
  public CheckReport check(CheckRequest request) {
    return new CheckReport(List.of(CheckReport.Item.passed("drawer", "It opens.")));
  }

  @Override
  public DestinationSession open(SessionRequest request) {
    return new Session(request.connection().get(FOLDER), request.target().get(DRAWER));
  }

  private static Problem problem(ProblemKind kind, String code, String message) {
    return new Problem(kind, code, message, "Ask whoever keeps the cabinet.");
  }

  private record Session(Path folder, String drawer) implements DestinationSession {

    @Override
    public BatchResult deliver(Batch batch) {
      synchronized (ONE_AT_A_TIME) {
        log(batch);
        TreeMap<String, String> records = records();
        List<Outcome> outcomes = new ArrayList<>();
        for (Row row : batch.rows()) {
          String key = words(row.key());
          String answer = answer(batch.kind(), key);
          if (answer.equals("stop")) {
            keep(records);
            return BatchResult.stopped(
                outcomes,
                batch.size(),
                problem(ProblemKind.AUTHENTICATION, "cabinet.locked", "The key does not turn."));
          }
          if (answer.equals("halts")) {
            keep(records);
            Runtime.getRuntime().halt(9);
          }
          outcomes.add(outcome(answer, batch.kind(), key, row, records));
        }
        keep(records);
        return BatchResult.of(outcomes);
      }
    }

    private static Outcome outcome(
        String answer, ChangeKind kind, String key, Row row, TreeMap<String, String> records) {
      Problem down = problem(ProblemKind.UNAVAILABLE, "cabinet.stuck", "It does not move.");
      return switch (answer) {
        case "rejected" -> rejected("cabinet.no-room", "It does not fit.");
        case "retryable" -> new Outcome.Retryable(down, null);
        case "unknown" -> new Outcome.Unknown(down, null);
        case "unknown-done" -> {
          apply(kind, key, row, records);
          yield new Outcome.Unknown(down, null);
        }
        default -> apply(kind, key, row, records);
      };
    }

    private static Outcome rejected(String code, String message) {
      return new Outcome.Rejected(problem(ProblemKind.RECORD, code, message));
    }

    private static Outcome apply(
        ChangeKind kind, String key, Row row, TreeMap<String, String> records) {
      String before = records.get(key);
      switch (kind) {
        case INSERT -> records.putIfAbsent(key, words(row));
        case UPDATE -> {
          if (before == null) {
            return rejected("cabinet.not-there", "There is no such record.");
          }
          records.put(key, words(row));
        }
        case UPSERT -> records.put(key, words(row));
        case DELETE -> records.remove(key);
        default -> throw new IllegalArgumentException("no change of a record: " + kind);
      }
      boolean same = Objects.equals(before, records.get(key));
      return new Outcome.Delivered(same ? Effect.UNCHANGED : Effect.CHANGED);
    }

    private static String words(List<?> key) {
      return key.stream().map(String::valueOf).collect(Collectors.joining("/"));
    }

    private static String words(Row row) {
      List<String> fields = new ArrayList<>();
      for (int i = 0; i < row.schema().fields().size(); i++) {
        Object value = row.value(i);
        fields.add(
            row.schema().fields().get(i).name()
                + "="
                + (value instanceof String ? "'" + value + "'" : value));
      }
      return String.join(" ", fields);
    }

    private String answer(ChangeKind kind, String key) {
      Path file = folder.resolve("answers.properties");
      if (!Files.exists(file)) {
        return "done";
      }
      Properties answers = new Properties();
      try (InputStream in = Files.newInputStream(file)) {
        answers.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      String any = answers.getProperty(kind.word() + ".*", answers.getProperty("*", "done"));
      return answers.getProperty(kind.word() + "." + key, answers.getProperty(key, any));
    }

    private TreeMap<String, String> records() {
      TreeMap<String, String> records = new TreeMap<>();
      Path file = folder.resolve(drawer + ".records");
      try {
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
          int colon = line.indexOf(": ");
          records.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return records;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void keep(TreeMap<String, String> records) {
      try {
        Files.write(
            folder.resolve(drawer + ".records"),
            records.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void log(Batch batch) {
      String line =
          batch.kind()
              + " "
              + batch.rows().stream().map(row -> words(row.key())).collect(Collectors.joining(" "))
              + "\n";
      try {
        Files.writeString(
            folder.resolve("batches.log"),
            line,
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {}
  }
}
