package dev.landfall.testkit.saboteur;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is wrong at an edge alone is caught by the rules it breaks, and by no other. */
class EdgeSaboteursTest {

  static List<Saboteur> all() {
    return Saboteurs.OF_EDGES;
  }

  @ParameterizedTest
  @MethodSource("all")
  void isCaughtByTheRulesItBreaksAndByNoOther(Saboteur saboteur) throws IOException {
    Caught.byTheRulesItBreaks(saboteur);
  }
}
