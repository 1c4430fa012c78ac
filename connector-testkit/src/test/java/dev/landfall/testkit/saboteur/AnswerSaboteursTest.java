package dev.landfall.testkit.saboteur;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who takes an answer wrong is caught by the rules it breaks, and by no other. */
class AnswerSaboteursTest {

  static List<Saboteur> all() {
    return Saboteurs.OF_ANSWERS;
  }

  @ParameterizedTest
  @MethodSource("all")
  void isCaughtByTheRulesItBreaksAndByNoOther(Saboteur saboteur) throws IOException {
    Caught.byTheRulesItBreaks(saboteur);
  }
}
