package dev.landfall.testkit.conformance;

import dev.landfall.testkit.stage.Candidate;
import dev.landfall.testkit.stage.Finding;
import dev.landfall.testkit.stage.SourceSubject;
import dev.landfall.testkit.stage.Thrown;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tries a connector by the rules: each rule in a scenario of its own, on a fresh sandbox, with a
 * time limit.
 *
 * <pre>{@code
 * Report report = Conformance.of(subject).seed(42).run(result -> {});
 * }</pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class Conformance {

  /** So many scenarios in a row that had to be given up: the others would have to be, too. */
  private static final int MOST_BLOCKED = 4;

  private static final String BLOCKED =
      "Not tried: the connector did not come to an end in " + MOST_BLOCKED + " scenarios in a row.";

  private static final String NO_ROOM_FOR_FAULTS =
      " The system runs in the connector's own process, and nothing between the two can fail.";

  private final Candidate candidate;
  private Duration limit = Duration.ofSeconds(20);
  private long seed = 1;
  private Predicate<Rule> chosen = rule -> true;
  private String again = "landfall certify {connector} --rule {rule} --seed {seed}";

  private Conformance(Candidate candidate) {
    this.candidate = candidate;
  }

  /**
   * A run of all rules of destinations, or of sources, with seed 1.
   *
   * @param candidate what is tried
   * @return the run, to be narrowed and started
   */
  public static Conformance of(Candidate candidate) {
    return new Conformance(candidate);
  }

  /**
   * Whose rules it is tried by.
   *
   * @return rules of destinations, or of sources
   */
  public Rule.About about() {
    return candidate instanceof SourceSubject ? Rule.About.SOURCES : Rule.About.DESTINATIONS;
  }

  /**
   * Sets what chance goes by.
   *
   * @param value the seed; 1 by default
   * @return this
   */
  public Conformance seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Sets how long one scenario may take; whoever is blocked then, breaks its rule.
   *
   * @param value the limit; 20 seconds by default, enough for a machine that is busy
   * @return this
   */
  public Conformance limit(Duration value) {
    limit = value;
    return this;
  }

  /**
   * Sets what a person types to try one rule again, as messages have it.
   *
   * @param command a command line with {@code {connector}}, {@code {rule}} and {@code {seed}} in
   *     it; {@code landfall certify} by default
   * @return this
   */
  public Conformance again(String command) {
    again = command;
    return this;
  }

  /**
   * Narrows the run to some rules.
   *
   * @param which whether to try a rule
   * @return this
   */
  public Conformance rules(Predicate<Rule> which) {
    chosen = which;
    return this;
  }

  /**
   * Tries the rules, one after the other.
   *
   * @param listener told of each rule once it was tried; what another scenario finds later is in
   *     the report alone
   * @return what was found
   * @throws IllegalArgumentException if no rule of such a candidate was chosen
   * @throws IOException if there is no room for temporary files
   */
  public Report run(Consumer<RuleResult> listener) throws IOException {
    List<Rule> rules = chosen();
    Candidate guarded = Making.guarded(candidate, limit);
    Making.Identity identity;
    try {
      identity = Making.identity(guarded);
    } catch (Making.Failed e) {
      return report(Making.supposed(candidate), Set.of(), unmade(rules, e, listener));
    }
    try (Scratch scratch = Scratch.make()) {
      Set<Capability> present = EnumSet.noneOf(Capability.class);
      String failure = probe(guarded, scratch, present);
      Map<String, RuleResult> results = new LinkedHashMap<>();
      Map<String, List<Finding>> strays = new LinkedHashMap<>();
      int blocked = 0;
      for (Rule rule : rules) {
        RuleResult result;
        if (failure != null) {
          result = untried(rule, Verdict.ERRORED, failure);
        } else if (blocked == MOST_BLOCKED) {
          result = untried(rule, Verdict.UNVERIFIED, BLOCKED);
        } else {
          result = tryOut(guarded, rule, present, scratch.next(), strays);
          blocked = result.took().compareTo(limit) < 0 ? 0 : blocked + 1;
        }
        results.put(rule.id(), result);
        listener.accept(result);
      }
      strays.forEach(
          (scenario, findings) ->
              findings.forEach(
                  f ->
                      results.computeIfPresent(
                          f.rule(),
                          (id, r) ->
                              r.verdict() == Verdict.VIOLATED ? r : r.violatedBy(f, scenario))));
      return report(identity, present, results.values());
    }
  }

  private Report report(
      Making.Identity identity, Set<Capability> present, Collection<RuleResult> results) {
    return new Report(
        identity.id(),
        identity.version(),
        Kit.version(),
        seed,
        List.copyOf(present),
        again.replace("{connector}", identity.id()),
        List.copyOf(results));
  }

  private static RuleResult untried(Rule rule, Verdict verdict, String note) {
    return new RuleResult(rule, verdict, null, null, note, Duration.ZERO);
  }

  /** What cannot be made breaks one rule, chosen or not, and cannot be tried by any other. */
  private List<RuleResult> unmade(
      List<Rule> rules, Making.Failed failed, Consumer<RuleResult> listener) {
    Rule broken = Rules.find(Making.rule(candidate)).orElseThrow();
    Finding finding =
        new Finding(
            broken.id(),
            "the connector was to be made",
            failed.expected(),
            failed.actual(),
            List.of());
    List<RuleResult> results = new ArrayList<>();
    results.add(new RuleResult(broken, Verdict.VIOLATED, finding, broken.id(), "", Duration.ZERO));
    rules.stream()
        .filter(rule -> !rule.equals(broken))
        .map(rule -> untried(rule, Verdict.UNVERIFIED, "The connector cannot be made."))
        .forEach(results::add);
    results.forEach(listener);
    return results;
  }

  private List<Rule> chosen() {
    List<Rule> rules =
        Rules.about(about()).stream()
            .filter(rule -> rule.kind() != Rule.Kind.UNTESTED && chosen.test(rule))
            .toList();
    // A run of no rules would conform.
    if (rules.isEmpty()) {
      throw new IllegalArgumentException(
          "None of the rules that were chosen is about " + about().name().toLowerCase(Locale.ROOT));
    }
    return rules;
  }

  /** Gathers what is there; says what failed in the kit or the sandbox, or null. */
  private @Nullable String probe(Candidate guarded, Scratch scratch, Set<Capability> present)
      throws IOException {
    Path folder = scratch.next();
    try (Scene scene = Scene.within(limit, guarded, folder, seed)) {
      for (Capability capability : Capability.values()) {
        if (has(scene, capability)) {
          present.add(capability);
        }
      }
      return null;
    } catch (Throwable e) {
      Thrown.unlessFatal(e);
      return Performance.failed(e);
    }
  }

  private boolean has(Scene scene, Capability capability) throws Throwable {
    try {
      return Soon.or(
          limit, new ThreadGroup("probing for " + capability), () -> scene.has(capability));
    } catch (Soon.Blocked e) {
      if (capability == Capability.CONFIRMS_LATER) {
        // A connector that blocks is found out by the rules that open sessions.
        return false;
      }
      throw e;
    }
  }

  private RuleResult tryOut(
      Candidate guarded,
      Rule rule,
      Set<Capability> present,
      Path folder,
      Map<String, List<Finding>> strays) {
    List<Capability> lacking = new ArrayList<>(rule.needs());
    lacking.removeAll(present);
    if (!lacking.isEmpty()) {
      boolean skipped = lacking.stream().allMatch(c -> c.skippedWithout(present));
      return new RuleResult(
          rule,
          skipped ? Verdict.SKIPPED : Verdict.UNVERIFIED,
          null,
          null,
          "Without "
              + String.join(", ", lacking.stream().map(Enum::name).toList())
              + "."
              + (skipped && lacking.contains(Capability.FAULTS) ? NO_ROOM_FOR_FAULTS : ""),
          Duration.ZERO);
    }
    long chance = 31 * seed + rule.id().hashCode();
    Performance performance = new Performance(rule.id(), limit).on(guarded, folder, chance);
    List<Finding> findings = performance.findings();
    strays.put(rule.id(), findings);
    Finding own =
        findings.stream().filter(f -> f.rule().equals(rule.id())).findFirst().orElse(null);
    if (own != null) {
      return new RuleResult(rule, Verdict.VIOLATED, own, rule.id(), "", performance.took());
    }
    String error = performance.error();
    return new RuleResult(
        rule,
        error == null ? Verdict.PASSED : Verdict.ERRORED,
        null,
        null,
        error == null ? "" : error,
        performance.took());
  }
}
