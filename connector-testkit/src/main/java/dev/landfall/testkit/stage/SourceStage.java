package dev.landfall.testkit.stage;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Context;
import dev.landfall.connector.Cursor;
import dev.landfall.connector.Source;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.testkit.sandbox.SourceTestbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Where one scenario of a source plays: a system of its own whose streams are empty, the connector
 * behind a guard, and chance that repeats with the seed. Safe for use by several threads.
 */
public final class SourceStage extends Watched implements AutoCloseable {

  private final SourceSubject subject;
  private final Source source;
  private final SourceDescriptor descriptor;
  private final Path folder;
  private final Random random;
  private final SourceTestbed testbed;
  private final Privacy privacy;
  private final Speech speech;
  private final Map<String, Stock> stocks = new LinkedHashMap<>();
  private final Map<Cursor, String> marks = new HashMap<>();
  private final Logs.Hearing logs;
  private int readers;

  /**
   * Sets a stage.
   *
   * @param subject what is tried
   * @param folder an empty folder
   * @param seed what chance goes by
   */
  public SourceStage(SourceSubject subject, Path folder, long seed) {
    this.subject = subject;
    this.folder = folder;
    random = new Random(seed);
    source = subject.source().get();
    descriptor = source.descriptor();
    try {
      testbed = subject.system().start(Files.createDirectories(folder.resolve("system")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    privacy = new Privacy(watch(), testbed.settings());
    speech = new Speech(descriptor.id(), Speech.Held.TO_SOURCES, watch(), privacy);
    Logs heard = subject.logs();
    logs = heard == null ? () -> {} : heard.listen(privacy::lookAtLog);
    for (SourceDescriptor.Stream stream : descriptor.streams()) {
      stocks.putIfAbsent(stream.name(), stock(stream.name(), stream.schema()));
    }
  }

  private Stock stock(String stream, @Nullable RowSchema declared) {
    return new Stock(stream, declared, testbed, watch(), privacy);
  }

  /**
   * What is tried.
   *
   * @return the subject
   */
  public SourceSubject subject() {
    return subject;
  }

  /**
   * The connector, past the guard.
   *
   * @return the source
   */
  public Source source() {
    return source;
  }

  /**
   * What the connector declares.
   *
   * @return the descriptor
   */
  public SourceDescriptor descriptor() {
    return descriptor;
  }

  /**
   * The system.
   *
   * @return a running system
   */
  public SourceTestbed testbed() {
    return testbed;
  }

  /**
   * A folder for what the scenario writes.
   *
   * @return a folder, gone when the run ends
   */
  public Path folder() {
    return folder;
  }

  /**
   * Chance that repeats with the seed.
   *
   * @return the source of chance
   */
  public Random random() {
    return random;
  }

  /**
   * How many records to begin with, so that they come in several batches.
   *
   * @return a number by chance
   */
  public int several() {
    int least = testbed.severalBatches();
    return least + random.nextInt(least / 2 + 1);
  }

  /**
   * Every stream of the connector, empty as long as the scenario puts nothing in.
   *
   * @return what each of them holds, in the order of the descriptor
   */
  public List<Stock> streams() {
    return List.copyOf(stocks.values());
  }

  /**
   * Every stream that goes on from a cursor with what is new.
   *
   * @return what each of them holds, in the order of the descriptor
   */
  public List<Stock> incremental() {
    return descriptor.streams().stream()
        .filter(SourceDescriptor.Stream::incremental)
        .flatMap(stream -> Optional.ofNullable(stocks.get(stream.name())).stream())
        .toList();
  }

  /**
   * Opens a reader.
   *
   * @param stock of which stream
   * @param from where to go on, or null to begin at the beginning
   * @return a reader behind the guard
   * @throws Violated if the connector does not open one
   */
  public Reading open(Stock stock, @Nullable Cursor from) {
    return open(source, stock, from);
  }

  /**
   * Opens a reader of another instance of the connector.
   *
   * @param other the instance
   * @param stock of which stream
   * @param from where to go on, or null to begin at the beginning
   * @return a reader behind the guard
   * @throws Violated if the connector does not open one
   */
  public Reading open(Source other, Stock stock, @Nullable Cursor from) {
    try {
      return tryOpen(other, stock, from, testbed.settings());
    } catch (ConnectorException e) {
      throw new Violated(
          "a reader of " + stock.stream(),
          "open threw " + e.problem().kind() + " (" + e.problem().code() + ")");
    }
  }

  /**
   * Opens a reader that the connector may refuse.
   *
   * @param other an instance of the connector
   * @param stock of which stream
   * @param from where to go on, or null to begin at the beginning
   * @param raw raw settings
   * @return a reader behind the guard
   * @throws ConnectorException if the connector does not open one
   * @throws Violated if it threw anything else
   */
  public Reading tryOpen(
      Source other, Stock stock, @Nullable Cursor from, Map<String, Object> raw) {
    String name = "reader " + nextReader();
    note(name + " = open(" + stock.stream() + ", from " + words(from) + ")");
    SourceReader reader;
    try {
      reader = other.open(request(other, stock.stream(), from, raw));
    } catch (ConnectorException e) {
      refused("what open threw", e);
      throw e;
    } catch (Throwable e) {
      Thrown.unlessFatal(e);
      throw unforeseen("open", e);
    }
    return new Reading(this, name, stock, reader);
  }

  /**
   * Tries to open a reader and to read.
   *
   * @param stream the name of a stream that there may not be
   * @param from where to go on, or null to begin at the beginning
   * @param raw raw settings
   * @return why the connector refused it, before it gave anything; empty if it did not
   * @throws Violated if it threw anything but a {@link ConnectorException}
   */
  public Optional<Problem> refusal(String stream, @Nullable Cursor from, Map<String, Object> raw) {
    Stock stock = Optional.ofNullable(stocks.get(stream)).orElseGet(() -> stock(stream, null));
    try (Reading reading = tryOpen(source, stock, from, raw)) {
      Optional<Portion> read = reading.tryRead();
      heard("not refused: " + read.map(Portion::toString).orElse("the end"));
      return Optional.empty();
    } catch (ConnectorException e) {
      return Optional.of(e.problem());
    }
  }

  /**
   * Runs the connector's check.
   *
   * @param stream the name of a stream
   * @param from where a reader would go on, or null for the beginning
   * @param raw raw settings
   * @return what it found; nothing if it threw
   */
  public CheckReport check(String stream, @Nullable Cursor from, Map<String, Object> raw) {
    note("check(" + stream + ", from " + words(from) + ")");
    return speech.checked(() -> source.check(request(source, stream, from, raw)));
  }

  /** Read by the instance's own settings, which are other objects in another class loader. */
  private SourceRequest request(
      Source other, String stream, @Nullable Cursor from, Map<String, Object> raw) {
    return new SourceRequest(
        stream,
        other.descriptor().settings().settings(raw, folder).orThrow(),
        from,
        Context.builder()
            .userAgent("Landfall-Testkit")
            .notices((code, message) -> speech.noticed(code, message))
            .build());
  }

  /**
   * Has the system fail all who read from it.
   *
   * @return ends the failure when it is closed; empty if the system cannot be made to fail
   */
  public Optional<SourceTestbed.Outage> failure() {
    Optional<SourceTestbed.Outage> failure = testbed.failure();
    failure.ifPresent(unused -> note("the system fails"));
    return failure;
  }

  /**
   * Has the system keep all waiting who read from it.
   *
   * @return ends the silence when it is closed; empty if the system cannot be made to
   */
  public Optional<SourceTestbed.Silence> silence() {
    Optional<SourceTestbed.Silence> silence = testbed.silence();
    silence.ifPresent(unused -> note("the system is silent"));
    return silence;
  }

  /** Closes the system. */
  @Override
  public void close() {
    try (testbed) {
      logs.close();
    }
  }

  void refused(String where, ConnectorException e) {
    heard("refused: " + e.problem().kind() + " (" + e.problem().code() + ")");
    privacy.look(where, e);
    speech.look(e.problem());
  }

  /** What nobody may throw, broken rule and end of the scenario. */
  Violated unforeseen(String call, Throwable e) {
    privacy.look("what " + call + " threw", e);
    watch()
        .found(
            "S-3.6",
            "nothing but a ConnectorException from " + call,
            "it threw " + Thrown.words(e));
    return new Violated(
        "nothing but a ConnectorException from " + call, "it threw " + Thrown.words(e));
  }

  Speech speech() {
    return speech;
  }

  Privacy privacy() {
    return privacy;
  }

  /** Remembers where a cursor stands, since its text is nobody's business. */
  synchronized void mark(Portion portion, Stock stock) {
    if (!portion.rows().isEmpty()) {
      String last = portion.rows().get(portion.rows().size() - 1).words();
      marks.putIfAbsent(portion.resumeFrom(), "the cursor after " + last + " of " + stock.stream());
    }
  }

  private synchronized String words(@Nullable Cursor cursor) {
    return cursor == null
        ? "the beginning"
        : marks.getOrDefault(cursor, "a cursor that no row came with");
  }

  private synchronized int nextReader() {
    return ++readers;
  }
}
