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
public final class SourceStage implements AutoCloseable {

  private final SourceSubject subject;
  private final Source source;
  private final SourceDescriptor descriptor;
  private final Path folder;
  private final Random random;
  private final SourceTestbed testbed;
  private final Watch watch = new Watch();
  private final Privacy privacy;
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
    privacy = new Privacy(watch, testbed.settings());
    Logs heard = subject.logs();
    logs = heard == null ? () -> {} : heard.listen(privacy::lookAtLog);
    for (SourceDescriptor.Stream stream : descriptor.streams()) {
      stocks.putIfAbsent(stream.name(), stock(stream.name(), stream.schema()));
    }
    privacy.look("toString of the descriptor", descriptor.toString());
  }

  private Stock stock(String stream, @Nullable RowSchema declared) {
    return new Stock(stream, declared, testbed, watch, privacy);
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
    watch.saw(name + " = open(" + stock.stream() + ", from " + words(from) + ")");
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
      watch.saw("  not refused: " + read.map(Portion::toString).orElse("the end"));
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
    watch.saw("check(" + stream + ", from " + words(from) + ")");
    CheckReport report;
    try {
      report = source.check(request(source, stream, from, raw));
    } catch (Throwable e) {
      Thrown.unlessFatal(e);
      privacy.look("what check threw", e);
      watch.found("S-7.4", "a report from check, whatever happened", "it threw " + Thrown.words(e));
      return new CheckReport(List.of());
    }
    if (report == null) {
      watch.found("S-7.4", "a report from check, whatever happened", "it was null");
      return new CheckReport(List.of());
    }
    for (CheckReport.Item item : report.items()) {
      watch.saw("  " + item.name() + ": " + item.status());
      privacy.look("an item of a check", item.toString());
      String unclear = ProblemForm.wrongItem(item);
      if (unclear != null) {
        watch.found("S-7.7", "an item that tells what was seen", unclear);
      }
      if (item.problem() != null) {
        look(item.problem());
      }
    }
    return report;
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
            .notices((code, message) -> noticed(code, message))
            .build());
  }

  /**
   * Ends the scenario unless something holds.
   *
   * @param holds whether it does
   * @param expected what should have been seen, as part of a sentence
   * @param actual what was seen, as part of a sentence
   * @throws Violated if it does not
   */
  public void expect(boolean holds, String expected, String actual) {
    if (!holds) {
      throw new Violated(expected, actual);
    }
  }

  /**
   * Writes down what the scenario does besides asking the connector.
   *
   * @param line a few words
   */
  public void note(String line) {
    watch.saw(line);
  }

  /**
   * What the guard found so far, whatever the scenario is about.
   *
   * @return the findings
   */
  public List<Finding> findings() {
    return watch.findings();
  }

  /**
   * What was done last.
   *
   * @return a line of the trace
   */
  public String given() {
    return watch.given();
  }

  /**
   * What the connector was asked and what it answered, the last thing last.
   *
   * @return the latest lines
   */
  public List<String> trace() {
    return watch.trace();
  }

  /** Closes the system. */
  @Override
  public void close() {
    try (testbed) {
      logs.close();
    }
  }

  private void noticed(String code, String message) {
    watch.saw("  notice " + code);
    privacy.look("a notice", message);
    privacy.look("a notice's code", code);
    lookAtCode(code);
  }

  private void lookAtCode(String code) {
    String form = ProblemForm.wrongCode(code, descriptor.id());
    if (form != null) {
      watch.found("S-3.11", "a code of the connector's own", form);
    }
  }

  void refused(String where, ConnectorException e) {
    watch.saw("  refused: " + e.problem().kind() + " (" + e.problem().code() + ")");
    privacy.look(where, e);
    look(e.problem());
  }

  /** What nobody may throw, broken rule and end of the scenario. */
  Violated unforeseen(String call, Throwable e) {
    privacy.look("what " + call + " threw", e);
    watch.found(
        "S-3.6", "nothing but a ConnectorException from " + call, "it threw " + Thrown.words(e));
    return new Violated(
        "nothing but a ConnectorException from " + call, "it threw " + Thrown.words(e));
  }

  void look(Problem problem) {
    privacy.look("a problem's message", problem.message());
    privacy.look("a problem's remedy", problem.remedy());
    privacy.look("a problem's code", problem.code());
    String form = ProblemForm.wrong(problem);
    if (form != null) {
      watch.found("S-3.10", "a problem that people can act on", form);
    }
    lookAtCode(problem.code());
  }

  Watch watch() {
    return watch;
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
