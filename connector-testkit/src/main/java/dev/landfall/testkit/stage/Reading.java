package dev.landfall.testkit.stage;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Malformed;
import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connector's reader behind the guard: what it gives is written down by the numbers of records,
 * and held against the rules that hold at every call.
 */
public final class Reading implements AutoCloseable {

  /** Batches without a row may say how far a reader is; so many of them say nothing. */
  private static final int IDLE_BATCHES = 200;

  private final SourceStage stage;
  private final String name;
  private final Stock stock;
  private final SourceReader reader;
  private final @Nullable RowSchema schema;
  private final Map<String, Long> positions = new HashMap<>();

  Reading(SourceStage stage, String name, Stock stock, SourceReader reader) {
    this.stage = stage;
    this.name = name;
    this.stock = stock;
    this.reader = reader;
    stage.privacy().look("toString of the reader", String.valueOf(reader));
    schema = schema();
    if (schema != null && stock.declared() != null && !schema.equals(stock.declared())) {
      stage
          .watch()
          .found(
              "S-3.3",
              "the schema that the descriptor declares for " + stock.stream(),
              "the reader has " + fields(schema) + " instead of " + fields(stock.declared()));
    }
  }

  private @Nullable RowSchema schema() {
    try {
      return reader.schema();
    } catch (Throwable e) {
      Thrown.unlessFatal(e);
      stage.privacy().look("what schema threw", e);
      stage.watch().found("S-3.3", "the reader's schema", "schema threw " + Thrown.words(e));
      return null;
    }
  }

  private static String fields(RowSchema schema) {
    return schema.fields().stream().map(f -> f.name() + " " + f.type()).toList()
        + " with the key "
        + schema.key();
  }

  /**
   * What comes next.
   *
   * @return a portion, or empty at the end
   * @throws Violated if the connector threw
   */
  public Optional<Portion> read() {
    try {
      return tryRead();
    } catch (ConnectorException e) {
      throw new Violated(
          "a batch or the end",
          "read threw " + e.problem().kind() + " (" + e.problem().code() + ")");
    }
  }

  /**
   * What comes next, where the connector may say that nothing can be read.
   *
   * @return a portion, or empty at the end
   * @throws ConnectorException if the connector threw it
   * @throws Violated if it threw anything else
   */
  public Optional<Portion> tryRead() {
    stage.watch().saw(name + ".read()");
    Optional<SourceBatch> batch;
    try {
      batch = reader.read();
    } catch (ConnectorException e) {
      stage.refused("what read threw", e);
      throw e;
    } catch (Throwable e) {
      Thrown.unlessFatal(e);
      throw stage.unforeseen("read", e);
    }
    if (isNull(batch)) {
      stage.watch().found("S-3.6", "a batch or the end from read", "it was null");
      return Optional.empty();
    }
    RowSchema now = schema();
    if (schema != null && now != null && !schema.equals(now)) {
      stage
          .watch()
          .found(
              "S-3.3",
              "the schema to stay for the reader's life",
              "it became " + fields(now) + " from " + fields(schema));
    }
    if (batch.isEmpty()) {
      stage.heard("the end");
      return Optional.empty();
    }
    Portion portion = guarded(batch.get());
    stage.heard(portion.toString());
    return Optional.of(portion);
  }

  /** What a connector may return all the same. */
  private static boolean isNull(@Nullable Object batch) {
    return batch == null;
  }

  private Portion guarded(SourceBatch batch) {
    for (Row row : batch.rows()) {
      if (schema != null && !row.schema().equals(schema)) {
        stage
            .watch()
            .found(
                "S-3.2",
                "rows with the reader's schema, " + fields(schema),
                "one has " + fields(row.schema()));
      }
    }
    batch.malformed().forEach(this::look);
    if (stage.privacy().betrays(batch.resumeFrom().value())) {
      stage.watch().found("S-8.4", "no secret in a cursor", "one is in it");
    }
    Portion portion =
        new Portion(
            batch.rows().stream().map(stock::came).toList(), batch.malformed(), batch.resumeFrom());
    stage.mark(portion, stock);
    return portion;
  }

  private void look(Malformed malformed) {
    stage.privacy().look("toString of something malformed", malformed.toString());
    stage.speech().look(malformed.problem());
    String wrong =
        malformed.origin().isBlank()
            ? "the origin is blank"
            : malformed.position() < 1 ? "the position is " + malformed.position() : null;
    Long before = positions.put(malformed.origin(), malformed.position());
    if (wrong == null && before != null && malformed.position() <= before) {
      wrong = "position " + malformed.position() + " came after " + before;
    }
    if (wrong != null) {
      stage
          .watch()
          .found("S-5.2", "the origin and a position from 1, each later than the last", wrong);
    }
  }

  /**
   * Everything up to the end. A reader that does not come to one is left.
   *
   * @return the portions, in order
   * @throws Violated if the connector threw
   */
  public List<Portion> rest() {
    List<Portion> portions = new ArrayList<>();
    long rows = 0;
    int idle = 0;
    for (Optional<Portion> next = read(); next.isPresent(); next = read()) {
      Portion portion = next.get();
      portions.add(portion);
      rows += portion.rows().size();
      idle = portion.rows().isEmpty() && portion.malformed().isEmpty() ? idle + 1 : 0;
      if (rows > 2L * stock.size() + 10 || idle > IDLE_BATCHES) {
        stage
            .watch()
            .found(
                "S-3.4",
                "the end of " + stock.stream() + ", which holds " + stock.size() + " records",
                "it did not come after " + rows + " rows in " + portions.size() + " batches");
        return portions;
      }
    }
    return portions;
  }

  /** Closes the reader; may be called again, and from any thread. */
  @Override
  public void close() {
    stage.watch().saw(name + ".close()");
    try {
      reader.close();
    } catch (Throwable e) {
      Thrown.unlessFatal(e);
      stage.privacy().look("what close threw", e);
      stage.watch().found("S-6.1", "close not to throw", "it threw " + Thrown.words(e));
    }
  }
}
