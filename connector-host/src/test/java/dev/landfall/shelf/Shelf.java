package dev.landfall.shelf;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConfirmsLater;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A destination whose groups are files, one member a line, so that every process of a test sees the
 * same. What it answers to a member stands in {@code answers.properties} under {@code add.7},
 * {@code 7}, {@code add.*} or {@code *}; without a line there, it does as it is told. What it
 * accepts it has not done; what it says of that later stands under {@code confirm.7} or {@code
 * confirm.*}, and {@code asks.log} has every receipt that it was asked for, with the rows.
 *
 * <p>It is packed into a plugin of its own, with its version in {@code shelf-version.txt}.
 */
public final class Shelf implements Destination {

  static final Setting<Path> FOLDER = Setting.path("folder", "Folder").required();
  static final Setting<URI> ADDRESS =
      Setting.url("address", "Address").orElse(URI.create("https://shelf.example"));
  static final Setting<String> ACCOUNT = Setting.text("account", "Account").orElse("first");
  static final Setting<String> GROUP = Setting.text("group", "Group").required();

  private static final Object ONE_AT_A_TIME = new Object();

  @Override
  public DestinationDescriptor descriptor() {
    return DestinationDescriptor.builder("shelf", "Shelf", version())
        .connection(SettingsSpec.of(FOLDER, ADDRESS, ACCOUNT))
        .target(SettingsSpec.of(GROUP))
        .identity(ADDRESS, ACCOUNT, GROUP)
        .modes(AudienceSyncMode.ADD, AudienceSyncMode.REMOVE, AudienceSyncMode.MIRROR)
        .field(FieldSpec.of("id", FieldType.TEXT).asRequired().identifiedBy(FieldIdentity.NUMBER))
        .field(FieldSpec.of("tier", FieldType.TEXT))
        .keyField("id")
        .batch(1, 5)
        .callsInFlight(4)
        .idempotent(ChangeKind.ADD, ChangeKind.REMOVE)
        .build();
  }

  private static String version() {
    try (InputStream in = Shelf.class.getResourceAsStream("/shelf-version.txt")) {
      return in == null ? "1.0.0" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public CheckReport check(CheckRequest request) {
    Path folder = request.connection().get(FOLDER);
    return new CheckReport(List.of(CheckReport.Item.passed("folder", folder + " is there.")));
  }

  @Override
  public DestinationSession open(SessionRequest request) {
    Session session = new Session(request.connection().get(FOLDER), request.target().get(GROUP));
    switch (session.answer("open", "yes")) {
      case "refused" ->
          throw new ConnectorException(
              problem(ProblemKind.AUTHENTICATION, "shelf.refused", "The token is refused."));
      case "throws" -> throw new IllegalStateException("of member 4711");
      default -> {
        return session;
      }
    }
  }

  private static Problem problem(ProblemKind kind, String code, String message) {
    return new Problem(kind, code, message, "Ask whoever keeps the shelf.");
  }

  private static final class Session implements DestinationSession, ConfirmsLater {
    private final Path folder;
    private final String group;

    Session(Path folder, String group) {
      this.folder = folder;
      this.group = group;
    }

    @Override
    public BatchResult deliver(Batch batch) {
      synchronized (ONE_AT_A_TIME) {
        List<Outcome> outcomes = new ArrayList<>();
        String receipt = "of " + member(batch.rows().get(0));
        for (Row row : batch.rows()) {
          String member = member(row);
          @Nullable Problem stop = stop(answer(batch.kind(), member));
          if (stop != null) {
            return BatchResult.stopped(outcomes, batch.size(), stop);
          }
          log("calls.log", batch.kind() + " " + group + " " + member);
          outcomes.add(
              answer(batch.kind(), member).equals("accepted")
                  ? new Outcome.Accepted(new Receipt(receipt))
                  : one(batch.kind(), member));
        }
        return BatchResult.of(outcomes);
      }
    }

    private static String member(Row row) {
      return FieldIdentity.NUMBER.of(String.valueOf(row.text(0)));
    }

    @Override
    public @Nullable Confirmation confirm(Receipt receipt, Batch batch) {
      synchronized (ONE_AT_A_TIME) {
        StringBuilder asked = new StringBuilder(receipt.value() + ": " + batch.kind());
        List<Outcome> outcomes = new ArrayList<>();
        for (Row row : batch.rows()) {
          for (int i = 0; i < row.schema().fields().size(); i++) {
            asked.append(i == 0 ? " " : "/").append(row.text(i));
          }
        }
        log("asks.log", asked.toString());
        for (Row row : batch.rows()) {
          String answer = answer("confirm." + member(row), answer("confirm.*", "pending"));
          switch (answer) {
            case "pending" -> {
              return new Confirmation.Pending(Duration.ofHours(1));
            }
            case "negative" -> {
              return new Confirmation.Pending(Duration.ofSeconds(-1));
            }
            case "null" -> {
              return null;
            }
            case "nobody" -> {
              return new Confirmation.Settled(BatchResult.of(List.of()));
            }
            case "accepted" -> outcomes.add(new Outcome.Accepted(receipt));
            case "stop" -> {
              return new Confirmation.Settled(
                  BatchResult.stopped(
                      List.of(),
                      batch.size(),
                      problem(
                          ProblemKind.PERMISSION, "shelf.forbidden", "This may not be asked.")));
            }
            default -> outcomes.add(outcome(answer, batch.kind(), member(row)));
          }
        }
        return new Confirmation.Settled(BatchResult.of(outcomes));
      }
    }

    private static @Nullable Problem stop(String answer) {
      return switch (answer) {
        case "stop-authentication" ->
            problem(ProblemKind.AUTHENTICATION, "shelf.refused", "The token is refused.");
        case "stop-permission" ->
            problem(ProblemKind.PERMISSION, "shelf.forbidden", "This may not be done.");
        default -> null;
      };
    }

    private Outcome one(ChangeKind kind, String member) {
      return outcome(answer(kind, member), kind, member);
    }

    private Outcome outcome(String answer, ChangeKind kind, String member) {
      Problem down = problem(ProblemKind.UNAVAILABLE, "shelf.down", "Nobody answers.");
      return switch (answer) {
        case "rejected" ->
            new Outcome.Rejected(
                problem(ProblemKind.RECORD, "shelf.no-such-member", "There is no such member."));
        case "retryable" -> new Outcome.Retryable(down, null);
        case "unknown" -> new Outcome.Unknown(down, null);
        case "unknown-done" -> {
          put(kind, member);
          yield new Outcome.Unknown(down, null);
        }
        case "throws" -> throw new IllegalStateException("of member " + member);
        case "halts" -> {
          Runtime.getRuntime().halt(9);
          throw new AssertionError("halted");
        }
        default -> new Outcome.Delivered(put(kind, member) ? Effect.CHANGED : Effect.UNCHANGED);
      };
    }

    private String answer(ChangeKind kind, String member) {
      String direction = kind.name().toLowerCase(Locale.ROOT);
      String any = answer("*", "done");
      return answer(direction + "." + member, answer(member, answer(direction + ".*", any)));
    }

    private String answer(String key, String without) {
      Path file = folder.resolve("answers.properties");
      if (!Files.exists(file)) {
        return without;
      }
      Properties answers = new Properties();
      try (InputStream in = Files.newInputStream(file)) {
        answers.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return answers.getProperty(key, without);
    }

    private boolean put(ChangeKind kind, String member) {
      Path file = folder.resolve(group + ".txt");
      try {
        TreeSet<String> members =
            new TreeSet<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
        boolean changed = kind == ChangeKind.ADD ? members.add(member) : members.remove(member);
        Files.write(file, members);
        return changed;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void log(String file, String line) {
      try {
        Files.writeString(
            folder.resolve(file),
            line + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      if (answer("close", "done").equals("throws")) {
        throw new ConnectorException(
            problem(ProblemKind.INTERNAL, "shelf.jammed", "The door does not close."));
      }
    }
  }
}
