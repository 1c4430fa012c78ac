package dev.landfall.testkit.sandbox;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What one call asks for.
 *
 * @param kind what sort of call it is, in the sandbox's own words ({@code token}, {@code add}); it
 *     is counted by, and faults are aimed by it
 * @param records the records it carries, as the system names them; empty if it carries none; copied
 * @param perform makes the change and gives the answer; run at most once, by any thread
 */
public record Operation(String kind, List<String> records, Supplier<Answer> perform) {

  /** Copies the records. */
  public Operation {
    Objects.requireNonNull(kind, "kind");
    records = List.copyOf(records);
    Objects.requireNonNull(perform, "perform");
  }

  /**
   * A call that changes nothing, because it only asks or because it is refused.
   *
   * @param kind what sort of call it is
   * @param answer the answer
   * @return the operation
   */
  public static Operation answering(String kind, Answer answer) {
    return new Operation(kind, List.of(), () -> answer);
  }

  /**
   * A call that carries one record.
   *
   * @param kind what sort of call it is
   * @param record the record, as the system names it
   * @param perform makes the change and gives the answer
   * @return the operation
   */
  public static Operation on(String kind, String record, Supplier<Answer> perform) {
    return new Operation(kind, List.of(record), perform);
  }
}
