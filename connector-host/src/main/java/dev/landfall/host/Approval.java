package dev.landfall.host;

import dev.landfall.host.history.RunReport;
import dev.landfall.host.ledger.Ledger;
import dev.landfall.host.ledger.LedgerTables;
import dev.landfall.host.plan.Plan;
import dev.landfall.host.plan.StoredPlan;
import java.util.Optional;

/**
 * Whether this run's removals may be sent.
 *
 * @param withheld whether the removal budget holds them back
 * @param released whether a person let them through that the budget would hold back
 * @param id what to approve them with, if they are held back
 * @param notice what became of an approval that was given and is not used
 */
record Approval(
    boolean withheld, boolean released, Optional<String> id, Optional<RunReport.Notice> notice) {

  /** Of a run that removes nothing. */
  static final Approval NONE = new Approval(false, false, Optional.empty(), Optional.empty());

  static Approval decide(Prepared prepared, RunRequest request, Plan plan, Ledger ledger) {
    if (!plan.removesWithheld()) {
      ledger.withhold(null, 0);
      return new Approval(false, false, Optional.empty(), unneeded(request));
    }
    String digest = plan.removes().digest();
    long changes = plan.removes().offered();
    Optional<LedgerTables.Withholding> before =
        ledger.tables().withholding().filter(w -> w.digest().equals(digest));
    Optional<String> good = before.map(w -> approvalId(prepared, w));
    if (request.approve().isPresent() && request.approve().equals(good)) {
      // Spent before anything is sent: after an interruption the smaller set needs a new one.
      ledger.withhold(null, 0);
      return new Approval(false, true, Optional.empty(), Optional.empty());
    }
    LedgerTables.Withholding now = ledger.withhold(digest, changes).orElseThrow();
    return new Approval(
        true,
        false,
        Optional.of(approvalId(prepared, now)),
        request.approve().map(Approval::void_));
  }

  /** What the removals of a plan can be approved with, if a run has withheld just these. */
  static Optional<String> of(Prepared prepared, Plan plan, LedgerTables ledger) {
    return ledger
        .withholding()
        .filter(w -> w.digest().equals(plan.removes().digest()))
        .map(w -> approvalId(prepared, w));
  }

  /** That an approval was given to a run that withholds nothing. */
  static Optional<RunReport.Notice> unneeded(RunRequest request) {
    return request
        .approve()
        .map(
            a ->
                new RunReport.Notice(
                    "approval.not-needed",
                    "Nothing is withheld in this run; the approval " + a + " was not used."));
  }

  private static RunReport.Notice void_(String approval) {
    return new RunReport.Notice(
        "approval.void",
        "The approval " + approval + " is not for the removals of this run, and releases nothing.");
  }

  private static String approvalId(Prepared prepared, LedgerTables.Withholding w) {
    return StoredPlan.digest(
        String.join(
            "\n",
            prepared.manifest().name(),
            prepared.identity().digest(),
            w.digest(),
            String.valueOf(w.changes()),
            w.nonce()));
  }
}
