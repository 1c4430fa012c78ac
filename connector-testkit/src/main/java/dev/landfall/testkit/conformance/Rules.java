package dev.landfall.testkit.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rules, as {@code rules.json} beside this class has them. */
public final class Rules {

  private static final List<Rule> ALL = read();

  private Rules() {}

  /**
   * Every rule.
   *
   * @return the rules, in the order of their ids
   */
  public static List<Rule> all() {
    return ALL;
  }

  /**
   * The rules of one sort of connector.
   *
   * @param about the sort
   * @return its rules, in the order of their ids
   */
  public static List<Rule> about(Rule.About about) {
    return ALL.stream().filter(rule -> rule.about() == about).toList();
  }

  /**
   * Finds a rule.
   *
   * @param id its id
   * @return the rule, or empty
   */
  public static Optional<Rule> find(String id) {
    return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  private static List<Rule> read() {
    try (InputStream rules = Rules.class.getResourceAsStream("rules.json")) {
      return List.copyOf(JsonMapper.shared().readValue(rules, new TypeReference<List<Rule>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
