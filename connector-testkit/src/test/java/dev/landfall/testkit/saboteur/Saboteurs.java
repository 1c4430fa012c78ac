package dev.landfall.testkit.saboteur;

import dev.landfall.testkit.record.RecordSaboteurs;
import java.util.List;
import java.util.stream.Stream;

/** Every saboteur, in the order of the rules they were written for. */
public final class Saboteurs {

  /** Whose fault is in what they say of themselves, or in how they read settings and rows. */
  static final List<Saboteur> OF_ROWS =
      together(
          Stream.of(
              DescriptionSaboteurs.ALL,
              MakingSaboteurs.ALL,
              RowSaboteurs.ALL,
              MappingSaboteurs.ALL));

  /** Whose fault is in what they make of answers, or of none. */
  static final List<Saboteur> OF_ANSWERS =
      together(
          Stream.of(
              OutcomeSaboteurs.ALL,
              ConfirmationSaboteurs.ALL,
              TokenSaboteurs.ALL,
              FaultSaboteurs.ALL,
              DirectionSaboteurs.ALL));

  /** Whose fault is in how they live and what they give away. */
  static final List<Saboteur> OF_SESSIONS =
      together(
          Stream.of(
              LifecycleSaboteurs.ALL,
              CheckSaboteurs.ALL,
              SpeakingSaboteurs.ALL,
              PrivacySaboteurs.ALL,
              LeakSaboteurs.ALL));

  /** Whose fault is at the edge of what they otherwise do right. */
  static final List<Saboteur> OF_EDGES = together(Stream.of(EdgeSaboteurs.ALL, QuietSaboteurs.ALL));

  /** Those that hold audiences, but for those that are broken as jars. */
  static final List<Saboteur> OF_AUDIENCES =
      together(Stream.of(OF_ROWS, OF_ANSWERS, OF_SESSIONS, OF_EDGES));

  /** All but those that are broken as jars. */
  public static final List<Saboteur> ALL = together(Stream.of(OF_AUDIENCES, RecordSaboteurs.ALL));

  private Saboteurs() {}

  private static List<Saboteur> together(Stream<List<Saboteur>> some) {
    return some.flatMap(List::stream).toList();
  }
}
