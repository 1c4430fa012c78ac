package dev.landfall.connector.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTest {

  private static final Problem PROBLEM =
      new Problem(ProblemKind.RECORD, "sample.no-such-member", "There is none.", "Correct it.");

  private static final List<Outcome> ONE_OF_EACH =
      List.of(
          new Outcome.Delivered(Effect.CHANGED),
          new Outcome.Accepted(new Receipt("r")),
          new Outcome.Rejected(PROBLEM),
          new Outcome.Retryable(PROBLEM, Duration.ofSeconds(1)),
          new Outcome.Unknown(PROBLEM, null),
          new Outcome.NotAttempted());

  private static final Outcome.Cases<String> NAMES =
      new Outcome.Cases<>() {
        @Override
        public String delivered(Outcome.Delivered outcome) {
          return "delivered " + outcome.effect();
        }

        @Override
        public String accepted(Outcome.Accepted outcome) {
          return "accepted " + outcome.receipt().value();
        }

        @Override
        public String rejected(Outcome.Rejected outcome) {
          return "rejected " + outcome.problem().code();
        }

        @Override
        public String retryable(Outcome.Retryable outcome) {
          return "retryable " + outcome.retryAfter();
        }

        @Override
        public String unknown(Outcome.Unknown outcome) {
          return "unknown " + outcome.retryAfter();
        }

        @Override
        public String notAttempted(Outcome.NotAttempted outcome) {
          return "not attempted";
        }
      };

  @Test
  void foldCallsTheCaseOfTheOutcomeWithTheOutcome() {
    assertThat(ONE_OF_EACH.stream().map(outcome -> outcome.<String>fold(NAMES)))
        .containsExactly(
            "delivered CHANGED",
            "accepted r",
            "rejected sample.no-such-member",
            "retryable PT1S",
            "unknown null",
            "not attempted");
  }

  @Test
  void theseAreAllTheOutcomesThereAre() {
    assertThat(Outcome.class.getPermittedSubclasses())
        .containsExactlyInAnyOrderElementsOf(
            ONE_OF_EACH.stream().<Class<?>>map(Object::getClass).toList());
  }

  @Test
  void anOutcomeCanBeStoredAndReadAgain() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      for (Outcome outcome : ONE_OF_EACH) {
        out.writeObject(outcome);
      }
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      for (Outcome outcome : ONE_OF_EACH) {
        assertThat(in.readObject()).isEqualTo(outcome);
      }
    }
  }

  @Test
  void aConfirmationFoldsToo() {
    Confirmation.Cases<String> cases =
        new Confirmation.Cases<>() {
          @Override
          public String settled(Confirmation.Settled confirmation) {
            return "settled " + confirmation.result().outcomes().size();
          }

          @Override
          public String pending(Confirmation.Pending confirmation) {
            return "pending " + confirmation.askAgainAfter();
          }
        };
    assertThat(new Confirmation.Settled(BatchResult.of(ONE_OF_EACH)).<String>fold(cases))
        .isEqualTo("settled 6");
    assertThat(new Confirmation.Pending(Duration.ofMinutes(1)).<String>fold(cases))
        .isEqualTo("pending PT1M");
  }

  @Test
  void aStoppedBatchHasAnOutcomeForEachRow() {
    BatchResult result =
        BatchResult.stopped(List.of(new Outcome.Delivered(Effect.CHANGED)), 3, PROBLEM);
    assertThat(result.outcomes())
        .containsExactly(
            new Outcome.Delivered(Effect.CHANGED),
            new Outcome.NotAttempted(),
            new Outcome.NotAttempted());
    assertThat(result.stop()).isEqualTo(PROBLEM);
    assertThat(BatchResult.of(ONE_OF_EACH).stop()).isNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchResult.stopped(ONE_OF_EACH, 2, PROBLEM));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kognitiv.member-not-found", "a.b.c", "sql.08006"})
  void aProblemsCodeSaysWhoseItIsAndWhatHappened(String code) {
    assertThat(new Problem(ProblemKind.INTERNAL, code, "m", "r").code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "Upper.case", "with.blank here", ".a", "a.", "a..b"})
  void anyOtherCodeIsAMistake(String code) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Problem(ProblemKind.INTERNAL, code, "m", "r"));
  }

  @Test
  void aProblemHasAMessageAndARemedy() {
    assertThatNullPointerException()
        .isThrownBy(() -> new Problem(ProblemKind.INTERNAL, "a.b", null, "r"));
    assertThatNullPointerException()
        .isThrownBy(() -> new Problem(ProblemKind.INTERNAL, "a.b", "m", null));
  }

  @Test
  void aReceiptHasALimit() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Receipt(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new Receipt("x".repeat(64 * 1024 + 1)));
    assertThat(new Receipt("x".repeat(64 * 1024)).value()).hasSize(64 * 1024);
  }
}
