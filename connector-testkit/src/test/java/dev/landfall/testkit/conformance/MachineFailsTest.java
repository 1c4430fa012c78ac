package dev.landfall.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.testkit.golden.Api;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.GoldenLaterDestination;
import dev.landfall.testkit.golden.GoldenLaterSandboxProvider;
import dev.landfall.testkit.golden.GoldenLaterSession;
import dev.landfall.testkit.golden.GoldenSandboxProvider;
import dev.landfall.testkit.golden.GoldenSession;
import dev.landfall.testkit.golden.GoldenSettings;
import dev.landfall.testkit.sandbox.SandboxProvider;
import dev.landfall.testkit.stage.Subject;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A machine without memory says nothing of the connector: the run ends, and blames nobody. */
class MachineFailsTest {

  private static void endsIn(
      String rule, Supplier<Destination> destination, SandboxProvider sandbox) {
    Conformance run =
        Conformance.of(Subject.of(destination, sandbox)).rules(one -> one.id().equals(rule));

    assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> run.run(result -> {}));
  }

  private static void endsIn(String rule, Supplier<Destination> destination) {
    endsIn(rule, destination, new GoldenSandboxProvider());
  }

  private static OutOfMemoryError full() {
    return new OutOfMemoryError("The heap is full");
  }

  private static Supplier<Destination> opening(Sessions sessions) {
    return () ->
        new GoldenDestination() {
          @Override
          protected DestinationSession session(SessionRequest request, Api api) {
            return sessions.session(api, request.target().get(GoldenSettings.LIST));
          }
        };
  }

  @FunctionalInterface
  private interface Sessions {
    DestinationSession session(Api api, String list);
  }

  @Test
  void inOpen() {
    endsIn(
        "D-4.1",
        opening(
            (api, list) -> {
              throw full();
            }));
  }

  @Test
  void inDeliver() {
    endsIn(
        "D-5.1",
        opening(
            (api, list) ->
                new GoldenSession(api, list) {
                  @Override
                  public BatchResult deliver(Batch batch) {
                    throw full();
                  }
                }));
  }

  @Test
  void inClose() {
    endsIn(
        "D-8.1",
        opening(
            (api, list) ->
                new GoldenSession(api, list) {
                  @Override
                  public void close() {
                    super.close();
                    throw full();
                  }
                }));
  }

  @Test
  void inConfirm() {
    endsIn(
        "D-5.14",
        () ->
            new GoldenLaterDestination() {
              @Override
              protected DestinationSession session(SessionRequest request, Api api) {
                return new GoldenLaterSession(api, request.target().get(GoldenSettings.LIST)) {
                  @Override
                  public Confirmation confirm(Receipt receipt, Batch batch) {
                    throw full();
                  }
                };
              }
            },
        new GoldenLaterSandboxProvider());
  }

  @Test
  void inCheck() {
    endsIn(
        "D-9.1",
        () ->
            new GoldenDestination() {
              @Override
              public CheckReport check(CheckRequest request) {
                throw full();
              }
            });
  }

  @Test
  void inFields() {
    endsIn(
        "D-9.8",
        () ->
            new GoldenDestination() {
              @Override
              public List<FieldSpec> fields(CheckRequest request) {
                throw full();
              }
            });
  }
}
