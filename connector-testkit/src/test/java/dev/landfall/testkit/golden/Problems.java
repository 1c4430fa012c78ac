package dev.landfall.testkit.golden;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;

/** All that can go wrong, in words that never quote what was sent or answered. */
public final class Problems {

  static final Problem MODE =
      new Problem(
          ProblemKind.CONFIGURATION,
          "golden.mode",
          "The list service has no such mode.",
          "Choose a mode that the catalogue lists for golden.");

  static final Problem NO_KEY =
      new Problem(
          ProblemKind.RECORD,
          "golden.no-id",
          "The member has no id.",
          "Give the member an id, or leave the row out.");

  static final Problem REFUSED =
      new Problem(
          ProblemKind.RECORD,
          "golden.refused",
          "The list service refuses this member.",
          "Look the member up in the list service.");

  static final Problem NOT_THERE =
      new Problem(
          ProblemKind.RECORD,
          "golden.not-there",
          "The service has no such record.",
          "Insert it, or choose the mode upsert.");

  static final Problem CREDENTIALS =
      new Problem(
          ProblemKind.AUTHENTICATION,
          "golden.credentials",
          "The list service refuses the credentials.",
          "Correct clientId and clientSecret.");

  static final Problem PERMISSION =
      new Problem(
          ProblemKind.PERMISSION,
          "golden.permission",
          "The client may not change this list.",
          "Ask the owner of the list for the right to change it.");

  static final Problem NO_LIST =
      new Problem(
          ProblemKind.TARGET_NOT_FOUND,
          "golden.no-list",
          "The list does not exist.",
          "Correct the setting list, or make the list.");

  static final Problem THROTTLED =
      new Problem(
          ProblemKind.THROTTLED,
          "golden.throttled",
          "The list service asks for fewer calls.",
          "Wait; if it goes on, lower delivery.maxInFlight.");

  /** The service failed; a change may have been made. */
  public static final Problem UNAVAILABLE =
      new Problem(
          ProblemKind.UNAVAILABLE,
          "golden.unavailable",
          "The list service gave no answer of use.",
          "Run again later.");

  static final Problem CLOSED =
      new Problem(
          ProblemKind.UNAVAILABLE,
          "golden.closed",
          "The session was closed meanwhile.",
          "Run again.");

  static final Problem NOT_UNDERSTOOD =
      new Problem(
          ProblemKind.PROTOCOL,
          "golden.not-understood",
          "The list service does not answer as it is documented.",
          "Check the address, and whether this version of the connector fits the service.");

  private Problems() {}
}
