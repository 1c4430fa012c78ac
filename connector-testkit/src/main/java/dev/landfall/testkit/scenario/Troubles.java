package dev.landfall.testkit.scenario;

import dev.landfall.testkit.sandbox.Answer;
import dev.landfall.testkit.sandbox.Fault;
import dev.landfall.testkit.stage.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Faults of every sort. */
final class Troubles {

  private Troubles() {}

  /**
   * Faults on every call that some work makes; and, where a call for a token would be struck before
   * all others, on the others alone.
   */
  static List<Fault> of(Stage stage, List<Fault> faults, Runnable work) {
    List<Fault> all = new ArrayList<>(faults);
    Set<String> calls = stage.callsOf(work);
    if (stage.testbed().authority().isPresent() && !calls.isEmpty()) {
      faults.forEach(fault -> all.add(fault.onCalls(calls.toArray(String[]::new))));
    }
    return all;
  }

  /** One of each, applied and not; none of them silent. */
  static List<Fault> all() {
    List<Fault> all = new ArrayList<>();
    for (int status : new int[] {400, 401, 403, 404, 408, 409, 418, 422, 429, 500, 502, 503, 504}) {
      all.add(Fault.answering(status).notApplied());
    }
    // What drips is a success, and a system that did not apply it would be lying.
    all.add(Fault.dripping(Duration.ofMillis(100)).applied());
    all.add(Fault.answering(Answer.of(302)).notApplied());
    all.add(Fault.answering(429, "soon").notApplied());
    for (Fault.Symptom symptom :
        List.of(
            Fault.html(),
            Fault.errorsInside(),
            Fault.truncated(),
            Fault.cut(),
            Fault.brokenBody(),
            Fault.answering(Answer.of(999)),
            Fault.answering(503, "-1"))) {
      all.add(symptom.applied());
      all.add(symptom.notApplied());
    }
    return all;
  }
}
