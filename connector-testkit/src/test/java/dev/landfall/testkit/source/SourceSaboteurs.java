package dev.landfall.testkit.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every source that is wrong on purpose. */
public final class SourceSaboteurs {

  static final List<SourceSaboteur> ALL =
      Stream.of(
              DescriptionSaboteurs.ALL, RowSaboteurs.ALL, CursorSaboteurs.ALL, ReaderSaboteurs.ALL)
          .flatMap(List::stream)
          .toList();

  private SourceSaboteurs() {}

  /** The rules that each of them breaks, by what it does. */
  public static Map<String, List<String>> broken() {
    Map<String, List<String>> broken = new LinkedHashMap<>();
    ALL.forEach(saboteur -> broken.put(saboteur.name(), saboteur.breaks()));
    return broken;
  }
}
