package dev.landfall.testkit.saboteur;

import dev.landfall.testkit.record.RecordSaboteurs;
import java.util.List;
import java.util.stream.Stream;

/** Every saboteur, in the order of the rules they were written for. */
public final class Saboteurs {

  /** Those that hold audiences, but for those that are broken as jars. */
  static final List<Saboteur> OF_AUDIENCES =
      Stream.of(
              DescriptionSaboteurs.ALL,
              MakingSaboteurs.ALL,
              RowSaboteurs.ALL,
              MappingSaboteurs.ALL,
              OutcomeSaboteurs.ALL,
              ConfirmationSaboteurs.ALL,
              TokenSaboteurs.ALL,
              FaultSaboteurs.ALL,
              DirectionSaboteurs.ALL,
              LifecycleSaboteurs.ALL,
              CheckSaboteurs.ALL,
              SpeakingSaboteurs.ALL,
              PrivacySaboteurs.ALL)
          .flatMap(List::stream)
          .toList();

  /** All but those that are broken as jars. */
  public static final List<Saboteur> ALL =
      Stream.concat(OF_AUDIENCES.stream(), RecordSaboteurs.ALL.stream()).toList();

  private Saboteurs() {}
}
