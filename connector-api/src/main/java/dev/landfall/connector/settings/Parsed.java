package dev.landfall.connector.settings;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Either the value that was read, or everything that is wrong with it.
 *
 * @param <T> what was read
 */
public final class Parsed<T> {

  private final @Nullable T value;
  private final List<Violation> violations;

  private Parsed(@Nullable T value, List<Violation> violations) {
    this.value = value;
    this.violations = List.copyOf(violations);
  }

  /**
   * A value with nothing wrong.
   *
   * @param value the value
   * @param <T> what was read
   * @return the answer
   */
  public static <T> Parsed<T> of(T value) {
    return new Parsed<>(value, List.of());
  }

  /**
   * Everything that is wrong.
   *
   * @param violations at least one
   * @param <T> what would have been read
   * @return the answer
   * @throws IllegalArgumentException if there is no violation
   */
  public static <T> Parsed<T> wrong(List<Violation> violations) {
    if (violations.isEmpty()) {
      throw new IllegalArgumentException("no violation");
    }
    return new Parsed<>(null, violations);
  }

  /**
   * Everything that is wrong.
   *
   * @return all violations in declaration order; empty if there is a value
   */
  public List<Violation> violations() {
    return violations;
  }

  /**
   * The value.
   *
   * @return the value
   * @throws ConnectorException with a CONFIGURATION problem that names every violation, if there is
   *     one
   */
  public T orThrow() {
    if (value == null) {
      throw new ConnectorException(
          new Problem(
              ProblemKind.CONFIGURATION,
              "setting.violations",
              violations.stream()
                  .map(v -> v.pointer() + ": " + v.message())
                  .collect(Collectors.joining(" ")),
              "Correct the settings that are named."));
    }
    return value;
  }
}
