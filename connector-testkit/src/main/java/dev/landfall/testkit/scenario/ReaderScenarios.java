package dev.landfall.testkit.scenario;

import dev.landfall.connector.ConnectorException;
import dev.landfall.testkit.sandbox.SourceTestbed;
import dev.landfall.testkit.stage.Portion;
import dev.landfall.testkit.stage.Portion.Came;
import dev.landfall.testkit.stage.Reading;
import dev.landfall.testkit.stage.SourceStage;
import dev.landfall.testkit.stage.Stock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Readers from open to close: S-6. */
final class ReaderScenarios {

  private static final int LANES = 6;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(2);

  static final List<SourceScenario> ALL =
      List.of(
          new SourceScenario("S-6.1", ReaderScenarios::closingTwiceDoesNothing),
          new SourceScenario("S-6.2", ReaderScenarios::aClosedReaderGivesNothing),
          new SourceScenario("S-6.3", ReaderScenarios::closeFreesABlockedRead),
          new SourceScenario("S-6.4", ReaderScenarios::threadsEndWithTheReader),
          new SourceScenario("S-6.5", ReaderScenarios::readersAreApart),
          new SourceScenario("S-6.6", ReaderScenarios::severalThreadsReadAtOnce),
          new SourceScenario("S-6.7", ReaderScenarios::closeComesFromAnyThread));

  private ReaderScenarios() {}

  private static void closingTwiceDoesNothing(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      stock.add(stage.several());
      Reading idle = stage.open(stock, null);
      idle.close();
      idle.close();
      Reading begun = stage.open(stock, null);
      begun.read();
      begun.close();
      begun.close();
      Reading ended = stage.open(stock, null);
      ended.rest();
      ended.close();
      ended.close();
    }
  }

  private static void aClosedReaderGivesNothing(SourceStage stage) {
    for (Stock stock : stage.streams()) {
      stock.add(stage.several());
      Reading begun = stage.open(stock, null);
      begun.read();
      givesNothingOnceClosed(stage, begun);
      givesNothingOnceClosed(stage, stage.open(stock, null));
    }
  }

  private static void givesNothingOnceClosed(SourceStage stage, Reading reading) {
    reading.close();
    try {
      Optional<Portion> more = reading.tryRead();
      stage.expect(
          more.isEmpty(),
          "no batch of a closed reader",
          "there came " + more.map(Portion::toString).orElse(""));
    } catch (ConnectorException e) {
      stage.heard("a closed reader says " + e.problem().code());
    }
  }

  private static void closeFreesABlockedRead(SourceStage stage) throws InterruptedException {
    for (Stock stock : stage.streams()) {
      stock.add(stage.several());
      Reading reading = stage.open(stock, null);
      try (SourceTestbed.Silence silence = stage.silence().orElseThrow()) {
        Late late = new Late(reading);
        late.start();
        while (!silence.met() && late.isAlive()) {
          Thread.onSpinWait();
        }
        freed(stage, reading, late);
      }
    }
  }

  private static void closeComesFromAnyThread(SourceStage stage) throws InterruptedException {
    for (Stock stock : stage.streams()) {
      stock.add(stage.several());
      for (int i = 0; i < 5; i++) {
        Reading reading = stage.open(stock, null);
        Late late = new Late(reading);
        late.start();
        late.began.await();
        freed(stage, reading, late);
      }
    }
  }

  private static void freed(SourceStage stage, Reading reading, Late late)
      throws InterruptedException {
    Thread closing = new Thread(reading::close, "closing");
    closing.setDaemon(true);
    long begun = System.nanoTime();
    closing.start();
    closing.join(GRACE.toMillis());
    stage.expect(
        !closing.isAlive(),
        "close to return within a second, whatever the reader is at",
        "it was still at " + Threads.place(closing));
    boolean ended = late.ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    stage.expect(
        ended && took.compareTo(SECOND.plusMillis(500)) < 0,
        "read to return within a second of close",
        ended ? "it took " + took.toMillis() + " ms" : "it was still at " + Threads.place(late));
    stage.heard("the reader that was closed says " + late.said);
    if (late.thrown.get() instanceof RuntimeException e) {
      throw e;
    }
  }

  /** Reads to the end in a thread of its own; that a closed reader throws is no fault. */
  private static final class Late extends Thread {
    private final Reading reading;
    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    private volatile String said = "the end";

    Late(Reading reading) {
      super("reading");
      setDaemon(true);
      this.reading = reading;
    }

    @Override
    public void run() {
      try {
        do {
          began.countDown();
        } while (reading.tryRead().isPresent());
      } catch (ConnectorException e) {
        said = e.problem().code();
      } catch (Throwable e) {
        thrown.set(e);
      } finally {
        began.countDown();
        ended.countDown();
      }
    }
  }

  private static void threadsEndWithTheReader(SourceStage stage) throws InterruptedException {
    List<Reading> readings = new ArrayList<>();
    for (Stock stock : stage.streams()) {
      stock.add(stage.several());
      Reading ended = stage.open(stock, null);
      ended.rest();
      readings.add(ended);
      Reading begun = stage.open(stock, null);
      begun.read();
      readings.add(begun);
    }
    readings.forEach(Reading::close);
    List<Thread> left = Threads.leftAfter(GRACE);
    stage.expect(left.isEmpty(), "no thread of the connector's after close", "there is " + left);
  }

  private static void readersAreApart(SourceStage stage) {
    stage.streams().forEach(stock -> stock.add(stage.several()));
    for (Stock stock : stage.streams()) {
      for (Stock other : stage.streams()) {
        apart(stage, stock, other, true);
        apart(stage, stock, other, false);
      }
    }
  }

  /** One goes on to its end beside another that is closed midway, opened after it or before. */
  private static void apart(SourceStage stage, Stock stock, Stock other, boolean first) {
    List<Came> whole = Due.rows(CursorScenarios.all(stage, stock));
    List<Portion> portions = new ArrayList<>();
    Reading older = stage.open(first ? stock : other, null);
    Reading newer = stage.open(first ? other : stock, null);
    Reading leaves = first ? newer : older;
    try (Reading stays = first ? older : newer) {
      for (int i = 0; i < 2; i++) {
        leaves.read();
        stays.read().ifPresent(portions::add);
      }
      leaves.close();
      portions.addAll(stays.rest());
    }
    String when = "of a reader beside another, opened " + (first ? "after" : "before") + " it";
    Due.same(stage, when, whole, portions);
  }

  private static void severalThreadsReadAtOnce(SourceStage stage) throws InterruptedException {
    List<List<Came>> wholes = new ArrayList<>();
    for (Stock stock : stage.streams()) {
      stock.add(stage.several());
      wholes.add(Due.rows(CursorScenarios.all(stage, stock)));
    }
    Lanes.run(
        LANES,
        lane -> {
          int place = lane % wholes.size();
          Stock stock = stage.streams().get(place);
          for (int i = 0; i < 3; i++) {
            Due.same(
                stage,
                "of " + stock.stream() + ", in one of several threads",
                wholes.get(place),
                CursorScenarios.all(stage, stock));
            stage.check(stock.stream(), null, stage.testbed().settings());
          }
        });
  }
}
