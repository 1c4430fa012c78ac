package dev.landfall.testkit.record;

import static dev.landfall.testkit.record.RecordSabotage.saboteur;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Destination;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.testkit.golden.MadeUp;
import dev.landfall.testkit.saboteur.Saboteur;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Wrong in the making of targets. */
final class TargetSaboteurs {

  static final List<Saboteur> ALL =
      List.of(
          saboteur(
              "does not make the target that it is told to make",
              "open threw TARGET_NOT_FOUND",
              "D-4.6 D-4.7",
              making(
                  (file, request) -> {
                    if (!Files.exists(file)) {
                      throw new ConnectorException(TableProblems.NO_TABLE);
                    }
                  })),
          saboteur(
              "makes a target anew whenever it opens a session",
              "the 4 of both sessions",
              "D-4.6 D-5.5",
              making(
                  (file, request) -> {
                    if (!request.context().deliveredBefore()) {
                      Table.make(file, request.schema());
                    } else if (!Files.exists(file)) {
                      throw new ConnectorException(TableProblems.GONE);
                    }
                  })),
          saboteur(
              "makes a target anew that earlier runs wrote to",
              "neither a refusal nor a stop",
              "D-4.7",
              making(
                  (file, request) -> {
                    if (!Files.exists(file)) {
                      Table.make(file, request.schema());
                    }
                  })),
          saboteur(
              "makes a target anew that earlier runs wrote to, and then refuses",
              "1 instead of 0",
              "D-4.7",
              making(
                  (file, request) -> {
                    boolean there = Files.exists(file);
                    if (!there) {
                      Table.make(file, request.schema());
                    }
                    if (!there && request.context().deliveredBefore()) {
                      throw new ConnectorException(TableProblems.GONE);
                    }
                  })),
          saboteur(
              "says of a target that is gone that its settings are wrong",
              "it was CONFIGURATION",
              "D-4.7",
              making(
                  (file, request) -> {
                    if (Files.exists(file)) {
                      return;
                    }
                    if (request.context().deliveredBefore()) {
                      throw new ConnectorException(
                          new Problem(
                              ProblemKind.CONFIGURATION,
                              "golden-table.wrong",
                              "The table is not there.",
                              "Correct the setting table."));
                    }
                    Table.make(file, request.schema());
                  })),
          saboteur(
              "refuses every target that earlier runs wrote to",
              "to be written to again",
              "D-4.7",
              making(
                  (file, request) -> {
                    if (request.context().deliveredBefore()) {
                      throw new ConnectorException(TableProblems.GONE);
                    }
                    if (!Files.exists(file)) {
                      Table.make(file, request.schema());
                    }
                  })),
          saboteur(
              "makes the target when it is only checked",
              "no target made by a check",
              "D-9.5",
              () ->
                  new GoldenTableDestination() {
                    @Override
                    public CheckReport check(CheckRequest request) {
                      if (request.target().get(TableSettings.MAKE)) {
                        made(file(request.connection(), request.target()));
                      }
                      return super.check(request);
                    }
                  }));

  private TargetSaboteurs() {}

  @FunctionalInterface
  private interface Making {
    void make(Path file, SessionRequest request) throws IOException;
  }

  /** Breaks how a table is made that is to be made. */
  private static Supplier<Destination> making(Making making) {
    return () ->
        new GoldenTableDestination() {
          @Override
          protected void make(Path file, SessionRequest request) throws IOException {
            making.make(file, request);
          }
        };
  }

  private static void made(Path file) {
    try {
      Table.make(file, MadeUp.SCHEMA);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
