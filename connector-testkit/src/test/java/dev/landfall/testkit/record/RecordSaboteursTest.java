package dev.landfall.testkit.record;

import dev.landfall.testkit.saboteur.Caught;
import dev.landfall.testkit.saboteur.Saboteur;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who holds records wrong is caught by the rules it breaks, and by no other. */
class RecordSaboteursTest {

  static List<Saboteur> all() {
    return RecordSaboteurs.ALL;
  }

  @ParameterizedTest
  @MethodSource("all")
  void isCaughtByTheRulesItBreaksAndByNoOther(Saboteur saboteur) throws IOException {
    Caught.byTheRulesItBreaks(saboteur);
  }
}
