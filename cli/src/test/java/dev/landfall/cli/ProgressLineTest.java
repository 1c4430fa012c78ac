package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.delivery.DeliveryListener.Progress;
import dev.landfall.host.ledger.Change;
import dev.landfall.host.ledger.Settlement;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private final StringWriter err = new StringWriter();
  private long nanos = 1;

  private ProgressLine line(boolean terminal, String columns) {
    return new ProgressLine(
        new PrintWriter(err, true), Terminal.of(terminal, Map.of("COLUMNS", columns)), () -> nanos);
  }

  private ProgressLine onATerminal() {
    return line(true, "80");
  }

  private void after(Duration time) {
    nanos += time.toNanos();
  }

  private static Progress adds(long planned, long delivered, long failed) {
    return new Progress(ChangeKind.ADD, planned, delivered, failed, 1, 0);
  }

  private static List<Settlement> rejected(ChangeKind kind, int number, String code) {
    Change change = new Change(1, kind, "m", "m", List.of(), null, false);
    Outcome outcome = new Outcome.Rejected(new Problem(ProblemKind.RECORD, code, "It.", "Do."));
    return Collections.nCopies(number, new Settlement(change, outcome, null, Instant.EPOCH));
  }

  /** What a person sees at the end, on a terminal that knows nothing but carriage returns. */
  private String seen() {
    StringBuilder screen = new StringBuilder();
    int column = 0;
    String text = err.toString();
    for (char c : text.substring(text.lastIndexOf('\n') + 1).toCharArray()) {
      if (c == '\r') {
        column = 0;
      } else {
        if (column < screen.length()) {
          screen.setCharAt(column, c);
        } else {
          screen.append(c);
        }
        column++;
      }
    }
    return screen.toString().stripTrailing();
  }

  @Test
  void theRateIsThatOfTheLastSecondsAndTheTimeLeftGoesByIt() {
    ProgressLine line = onATerminal();
    line.progress(adds(10_000, 0, 0));
    assertThat(seen()).isEqualTo("add: 0 of 10,000");
    for (int second = 1; second <= 60; second++) {
      after(Duration.ofSeconds(1));
      line.progress(adds(10_000, second, 0));
    }
    assertThat(seen()).isEqualTo("add: 60 of 10,000, 1.0/s, 2 h 45 min left");
    for (int second = 1; second <= 11; second++) {
      after(Duration.ofSeconds(1));
      line.progress(adds(10_000, 60 + 100 * second, 0));
    }
    assertThat(seen()).isEqualTo("add: 1,160 of 10,000, 100/s, 1 min 29 s left");
  }

  @Test
  void whatStandsStillHasNoTimeLeft() {
    ProgressLine line = onATerminal();
    line.progress(adds(100, 50, 0));
    after(Duration.ofSeconds(5));
    line.progress(adds(100, 50, 0));
    assertThat(seen()).isEqualTo("add: 50 of 100, 0.0/s");
  }

  @Test
  void theTwoMostFrequentCodesOfTheDirectionAreCounted() {
    ProgressLine line = onATerminal();
    line.settled(rejected(ChangeKind.REMOVE, 99, "kognitiv.other"));
    line.settled(rejected(ChangeKind.ADD, 2, "kognitiv.member-inactive"));
    line.settled(rejected(ChangeKind.ADD, 1, "kognitiv.seldom"));
    line.settled(rejected(ChangeKind.ADD, 14, "kognitiv.member-not-found"));
    line.progress(adds(3_000, 83, 17));
    assertThat(seen())
        .isEqualTo("add: 100 of 3,000, 17 failed: 14 member-not-found, 2 member-inactive");
  }

  @Test
  void whatWasDeliveredIsNoFailure() {
    ProgressLine line = onATerminal();
    Change change = new Change(1, ChangeKind.ADD, "m", "m", List.of(), null, false);
    line.settled(
        List.of(
            new Settlement(change, new Outcome.Delivered(Effect.CHANGED), null, Instant.EPOCH)));
    line.progress(adds(2, 1, 0));
    assertThat(seen()).isEqualTo("add: 1 of 2");
  }

  @Test
  void noLineReachesTheLastColumnAndTheLeastImportantIsLeftOut() {
    String whole =
        "add: 252,200 of 1,000,000, 126,100/s, 6 s left, 2,200 failed: 1,400 member-not-found,"
            + " 800 member-inactive";
    for (int columns = 20; columns <= 120; columns++) {
      err.getBuffer().setLength(0);
      ProgressLine line = line(true, String.valueOf(columns));
      line.settled(rejected(ChangeKind.ADD, 1_400, "kognitiv.member-not-found"));
      line.settled(rejected(ChangeKind.ADD, 800, "kognitiv.member-inactive"));
      line.progress(adds(1_000_000, 0, 0));
      after(Duration.ofSeconds(2));
      line.progress(adds(1_000_000, 250_000, 2_200));
      assertThat(seen()).hasSizeLessThan(columns);
      assertThat(whole).startsWith(seen());
      assertThat(seen().equals(whole)).isEqualTo(whole.length() < columns);
    }
  }

  @Test
  void aShorterLineLeavesNothingOfALongerOne() {
    ProgressLine line = onATerminal();
    line.progress(adds(1_000_000, 999_999, 0));
    line.progress(new Progress(ChangeKind.REMOVE, 2, 1, 0, 1, 0));
    assertThat(seen()).isEqualTo("remove: 1 of 2");
    line.close();
    assertThat(seen()).isEmpty();
    assertThat(err.toString()).doesNotContain("\n");
  }

  @Test
  void whatIsSaidMeanwhileStandsInALineOfItsOwn() {
    ProgressLine line = onATerminal();
    line.progress(adds(10, 5, 0));
    line.aside("Ending in good order; Ctrl-C again cuts it off.");
    line.progress(adds(10, 6, 0));

    assertThat(seen()).isEqualTo("add: 6 of 10");
    assertThat(err.toString()).contains("\rEnding in good order; Ctrl-C again cuts it off.\n");
  }

  @Test
  void elsewhereALineComesEveryTenSecondsWithWholeCodes() {
    ProgressLine line = line(false, "40");
    line.settled(rejected(ChangeKind.ADD, 1, "kognitiv.member-not-found"));
    for (int second = 0; second < 25; second++) {
      line.progress(adds(100, second, 1));
      after(Duration.ofSeconds(1));
    }
    line.close();
    assertThat(err.toString())
        .isEqualTo(
            """
            add: 11 of 100, 1.0/s, 1 min 29 s left, 1 failed: 1 kognitiv.member-not-found
            add: 21 of 100, 1.0/s, 1 min 19 s left, 1 failed: 1 kognitiv.member-not-found
            """);
  }
}
