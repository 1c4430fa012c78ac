package dev.landfall.host.plan;

import dev.landfall.connector.sync.SyncMode;
import java.time.Duration;
import java.time.Instant;

/**
 * What to plan with.
 *
 * @param mode what the sync does; any but an audience's UPSERT
 * @param full whether to distrust the ledger and send all again; implies offering quarantined
 *     members
 * @param offerRejected whether members that were rejected before are offered all the same
 * @param basis what rejections depend on (mapping, target, connector version), as a digest
 * @param retryRejectedAfter how long a rejected member stays in quarantine
 * @param incomplete whether the source holds something that is no record: whom it names, nobody
 *     knows, so that who is missing may be there, and removals are withheld
 * @param budget how many members may be removed without being asked
 * @param now the moment of planning
 */
public record PlanRequest(
    SyncMode mode,
    boolean full,
    boolean offerRejected,
    String basis,
    Duration retryRejectedAfter,
    boolean incomplete,
    RemovalBudget budget,
    Instant now) {}
