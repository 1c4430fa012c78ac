package dev.landfall.host;

import dev.landfall.host.history.RunReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of one member in a sync: what {@code landfall why --json} prints. Times
 * are ISO 8601 in UTC.
 *
 * @param sync the sync's name
 * @param target which target, in words
 * @param records whether the target holds records, known by their keys; false for an audience
 * @param member the id that was asked about, and the identity by which all is compared
 * @param underWay which host and process works on the sync now, or null if none does
 * @param audience whether the member is in the audience now
 * @param ledger what the ledger holds of it
 * @param rejections the rejections that stand
 * @param attempts what runs asked and were answered, the latest first, as far back as runs are kept
 * @param next what the next run will do
 */
public record WhyReport(
    String sync,
    String target,
    boolean records,
    Member member,
    @Nullable String underWay,
    InAudience audience,
    InLedger ledger,
    List<Rejected> rejections,
    List<Asked> attempts,
    Next next) {

  /** Copies the lists. */
  public WhyReport {
    rejections = List.copyOf(rejections);
    attempts = List.copyOf(attempts);
  }

  /**
   * A member.
   *
   * @param asked the id as it was asked about
   * @param identity what all its spellings have in common
   */
  public record Member(String asked, String identity) {}

  /**
   * Whether the member is in the audience.
   *
   * @param present whether it is, or null if the source could not be read
   * @param text the id as it stands there, or null
   * @param problem why the source could not be read, or null
   */
  public record InAudience(
      @Nullable Boolean present, @Nullable String text, RunReport.@Nullable Line problem) {}

  /** What the ledger says of a member. */
  public enum State {
    /** In the target: an add was confirmed, and nothing since may have undone it. */
    PRESENT,
    /** In the target or not: an answer is missing, or was distrusted. */
    UNKNOWN,
    /** Not in the target, as far as this sync is concerned. */
    ABSENT,
    /** Nothing: of the rows of a stream those that were delivered are not kept. */
    NOT_KEPT,
    /** The ledger could not be read. */
    UNREAD
  }

  /**
   * What the ledger holds.
   *
   * @param state what it says
   * @param text the id as it was last sent, or null if it holds nothing
   * @param confirmed whether an add was ever confirmed
   * @param since when that add was confirmed, or the answer went missing; null if no kept run says
   * @param accepted what the destination accepted for it and has not confirmed, or null
   */
  public record InLedger(
      State state,
      @Nullable String text,
      boolean confirmed,
      @Nullable String since,
      @Nullable Accepted accepted) {}

  /**
   * A change that the destination accepted and has not confirmed.
   *
   * @param direction {@code add} or {@code remove}; of records, the word of the change
   * @param run the run that sent it
   * @param since when it was sent
   */
  public record Accepted(String direction, String run, String since) {}

  /**
   * A rejection that stands.
   *
   * @param direction {@code add} or {@code remove}; of records, the word of the change
   * @param code of the latest rejection
   * @param firstRun the run that was rejected first
   * @param lastRun the run that was rejected last
   * @param lastAt when that was
   */
  public record Rejected(
      String direction, String code, String firstRun, String lastRun, String lastAt) {}

  /**
   * What one run asked and was answered.
   *
   * @param run the run's id
   * @param at when the last try was sent, or when it was confirmed
   * @param direction {@code add} or {@code remove}; of records, the word of the change
   * @param text the id as it was sent
   * @param outcome the count of the books that it stands in; {@code unchanged} where it was so
   *     already
   * @param code of the problem, or null
   * @param message what happened, or null
   * @param remedy what to do, or null
   * @param confirms the run that sent what is confirmed here, or null if this run sent it
   */
  public record Asked(
      String run,
      String at,
      String direction,
      String text,
      String outcome,
      @Nullable String code,
      @Nullable String message,
      @Nullable String remedy,
      @Nullable String confirms) {}

  /** What the next run will do. */
  public enum Action {
    /** Add the member. */
    ADD,
    /** Remove it. */
    REMOVE,
    /** Write the record. */
    WRITE,
    /** Delete it. */
    DELETE,
    /** Nothing: all is as it should be, or no concern of this sync. */
    NOTHING,
    /** Leave it alone because it was rejected. */
    QUARANTINED,
    /** Withhold its removal, and all others, until a person approves them. */
    WITHHELD,
    /** Not begin: the manifest names another target. */
    REFUSED,
    /** Cannot be told now. */
    NOT_KNOWN
  }

  /**
   * What the next run will do.
   *
   * @param action what
   * @param because why, and how to have it otherwise
   * @param until until when it is left alone, or null
   * @param approval what to approve its removal with, or null
   */
  public record Next(
      Action action, String because, @Nullable String until, @Nullable String approval) {}
}
