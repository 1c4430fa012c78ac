package dev.landfall.testkit.source;

import static dev.landfall.testkit.source.SourceSaboteur.checking;
import static dev.landfall.testkit.source.SourceSaboteur.reading;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.landfall.connector.Source;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.testkit.conformance.Conformance;
import dev.landfall.testkit.stage.SourceSubject;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A machine without memory says nothing of the source: the run ends, and blames nobody. */
class MachineFailsTest {

  private static void endsIn(String rule, Supplier<Source> source) {
    Conformance run =
        Conformance.of(SourceSubject.of(source, new ShopProvider()))
            .rules(one -> one.id().equals(rule));

    assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> run.run(result -> {}));
  }

  private static OutOfMemoryError full() {
    return new OutOfMemoryError("The heap is full");
  }

  @Test
  void inOpen() {
    endsIn(
        "S-3.1",
        reading(
            (wire, stream, from) -> {
              throw full();
            }));
  }

  @Test
  void inRead() {
    endsIn(
        "S-3.1",
        reading(
            (wire, stream, from) ->
                new GoldenReader(wire, stream, from) {
                  @Override
                  public Optional<SourceBatch> read() {
                    throw full();
                  }
                }));
  }

  @Test
  void inSchema() {
    endsIn(
        "S-3.3",
        reading(
            (wire, stream, from) ->
                new GoldenReader(wire, stream, from) {
                  @Override
                  public RowSchema schema() {
                    throw full();
                  }
                }));
  }

  @Test
  void inClose() {
    endsIn(
        "S-6.1",
        reading(
            (wire, stream, from) ->
                new GoldenReader(wire, stream, from) {
                  @Override
                  public void close() {
                    super.close();
                    throw full();
                  }
                }));
  }

  @Test
  void inCheck() {
    endsIn(
        "S-7.1",
        checking(
            (golden, request) -> {
              throw full();
            }));
  }
}
