package dev.landfall.host.history;

import java.util.Objects;

/**
 * One record that failed, as a line of {@code failures.jsonl} says it.
 *
 * @param member the id as it was sent
 * @param direction {@code add} or {@code remove}
 * @param code stable, for programs
 * @param message what happened
 * @param remedy what to do
 * @param at when the last try was sent, ISO 8601 in UTC
 */
public record Failure(
    String member, String direction, String code, String message, String remedy, String at) {

  /** Requires everything, so that a damaged line is seen to be one. */
  public Failure {
    Objects.requireNonNull(member, "member");
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(remedy, "remedy");
    Objects.requireNonNull(at, "at");
  }

  /** Without the member: ids are people's data. */
  @Override
  public String toString() {
    return "Failure[" + direction + " " + code + "]";
  }
}
