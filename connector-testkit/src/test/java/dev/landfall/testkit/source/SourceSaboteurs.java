package dev.landfall.testkit.source;

import dev.landfall.testkit.stage.SourceSubject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every source that is wrong on purpose. */
public final class SourceSaboteurs {

  /** All of them, by what they are wrong with. */
  public static final List<SourceSaboteur> ALL =
      Stream.of(
              DescriptionSaboteurs.ALL,
              RowSaboteurs.ALL,
              CursorSaboteurs.ALL,
              GoingOnSaboteurs.ALL,
              ReaderSaboteurs.ALL,
              LifeSaboteurs.ALL,
              TellingSaboteurs.ALL,
              LeakSaboteurs.ALL)
          .flatMap(List::stream)
          .toList();

  private SourceSaboteurs() {}

  /** The source that they are made from. */
  public static SourceSubject golden() {
    return SourceSubject.of(GoldenSource::new, new ShopProvider()).withLogs(new HeardLogs());
  }

  /** The rules that each of them breaks, by what it does. */
  public static Map<String, List<String>> broken() {
    Map<String, List<String>> broken = new LinkedHashMap<>();
    ALL.forEach(saboteur -> broken.put(saboteur.name(), saboteur.breaks()));
    return broken;
  }
}
