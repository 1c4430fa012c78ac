package dev.landfall.host.ledger;

import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How outcomes become standings. Pure, and apart from storage, so that each rule can be searched
 * for a history that breaks it. A class with one method for each rule rather than one large method:
 * the tests switch each off alone and must find a member lost or leaked.
 */
public class Rules {

  private final Duration settle;

  /**
   * Rules for a destination whose requests take effect within some time or never.
   *
   * @param settle how long after it was given up a request may still take effect
   */
  public Rules(Duration settle) {
    this.settle = settle;
  }

  /** What stands while a change is under way: UNKNOWN, with all that was known before. */
  public Standing intent(Change change) {
    Standing before = change.before();
    return before == null
        ? new Standing(change.text(), false, false, null, null, change.hash())
        : new Standing(
            change.text(),
            false,
            before.confirmed(),
            before.addUnknownAt(),
            before.removeUnknownAt(),
            open(change, before));
  }

  /**
   * What all writes that nobody answered wrote, once this change is one of them; null if several.
   */
  private static @Nullable Long open(Change change, Standing before) {
    if (change.kind().keyOnly()) {
      return before.hash();
    }
    return before.addUnknownAt() == null || Objects.equals(before.hash(), change.hash())
        ? change.hash()
        : null;
  }

  /**
   * Two attempts on one change as one outcome: once an attempt ended Unknown, only Delivered
   * settles it.
   *
   * @param soFar the attempts before, folded, or null if there were none
   * @param next the latest attempt's outcome
   */
  public Outcome fold(@Nullable Outcome soFar, Outcome next) {
    boolean unresolved = soFar instanceof Outcome.Unknown || soFar instanceof Outcome.Accepted;
    return unresolved && soFar != null && !(next instanceof Outcome.Delivered) ? soFar : next;
  }

  /**
   * What stands once a change has settled.
   *
   * @return the standing, or empty for absent
   */
  public final Optional<Standing> settled(Settlement settlement) {
    return settlement.outcome().fold(new Settle(settlement));
  }

  /** What stands for an intent that a crash left open: unresolved since it was found. */
  public Standing crashed(Standing standing, ChangeKind kind, Instant foundAt) {
    return stamped(standing, kind, foundAt);
  }

  /**
   * A change of a member with an earlier one that was only accepted. Once this one settles, nobody
   * asks for the earlier one any more: it counts as given up now, and may take effect late.
   *
   * @param awaited what the earlier change asked for
   * @param now when this one settles
   */
  public Change superseding(Change change, ChangeKind awaited, Instant now) {
    Standing before = change.before();
    return before == null ? change : change.after(stamped(before, awaited, now));
  }

  /**
   * What a confirmation comes to: the answer that the attempt did not get when it was sent. Nothing
   * was sent to the member since, so all that may interfere was given up before.
   *
   * @param change what was accepted, and what stood before it
   * @param sentAt when it was sent; it took effect then or later, so doubt is reckoned from there
   * @param now when it was confirmed
   */
  public Settlement confirmed(Change change, Outcome outcome, Instant sentAt, Instant now) {
    return new Settlement(change, outcome, outcome instanceof Outcome.Unknown ? now : null, sentAt);
  }

  /** Whether an add that was confirmed may yet be undone by a remove that was given up. */
  protected boolean lateRemoveMayUndo(Standing standing, Instant now) {
    return within(standing.removeUnknownAt(), now);
  }

  /**
   * Whether a record that was written may yet be overwritten by an earlier change of it that was
   * given up and wrote something else. For a member of an audience two adds are one.
   */
  protected boolean lateWriteMayOverwrite(Change change, Instant now) {
    Standing before = change.before();
    return change.hash() != null
        && before != null
        && within(before.addUnknownAt(), now)
        && !change.hash().equals(before.hash());
  }

  /** Whether something that was given up may yet reach what stands. */
  public boolean isOpen(Standing standing, Instant now) {
    return lateRequestMayFollow(standing, now);
  }

  /** Whether a remove that was confirmed may yet be followed by a request that was given up. */
  protected boolean lateRequestMayFollow(Standing standing, Instant now) {
    return within(standing.addUnknownAt(), now) || within(standing.removeUnknownAt(), now);
  }

  /** What a rejected change leaves: nothing if nothing stood before, else doubt. */
  protected @Nullable Standing rejected(Change change, Standing intent) {
    return change.before() == null ? null : intent;
  }

  /** What a change leaves that certainly did not reach the destination. */
  protected @Nullable Standing notApplied(Change change, Standing intent) {
    return change.before();
  }

  private boolean within(@Nullable Instant unknownAt, Instant now) {
    return unknownAt != null && now.isBefore(unknownAt.plus(settle));
  }

  private static Standing stamped(Standing standing, ChangeKind kind, Instant at) {
    return new Standing(
        standing.text(),
        false,
        standing.confirmed(),
        kind.keyOnly() ? standing.addUnknownAt() : at,
        kind.keyOnly() ? at : standing.removeUnknownAt(),
        standing.hash());
  }

  private final class Settle implements Outcome.Cases<Optional<Standing>> {
    private final Change change;
    private final Instant now;
    private final Standing intent;

    Settle(Settlement settlement) {
      change = settlement.change();
      now = settlement.at();
      Standing open = intent(change);
      Instant unknownAt = settlement.unknownAt();
      intent = unknownAt == null ? open : stamped(open, change.kind(), unknownAt);
    }

    @Override
    public Optional<Standing> delivered(Outcome.Delivered outcome) {
      if (change.kind().keyOnly()) {
        return lateRequestMayFollow(intent, now) ? Optional.of(intent) : Optional.empty();
      }
      boolean present = !lateRemoveMayUndo(intent, now) && !lateWriteMayOverwrite(change, now);
      return Optional.of(
          new Standing(
              intent.text(),
              present,
              true,
              intent.addUnknownAt(),
              intent.removeUnknownAt(),
              present ? change.hash() : intent.hash()));
    }

    @Override
    public Optional<Standing> accepted(Outcome.Accepted outcome) {
      return Optional.of(intent);
    }

    @Override
    public Optional<Standing> rejected(Outcome.Rejected outcome) {
      return Optional.ofNullable(Rules.this.rejected(change, intent));
    }

    @Override
    public Optional<Standing> retryable(Outcome.Retryable outcome) {
      return Optional.ofNullable(notApplied(change, intent));
    }

    @Override
    public Optional<Standing> unknown(Outcome.Unknown outcome) {
      return Optional.of(intent);
    }

    @Override
    public Optional<Standing> notAttempted(Outcome.NotAttempted outcome) {
      return Optional.ofNullable(notApplied(change, intent));
    }
  }
}
