package dev.landfall.testkit.conformance;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.testkit.stage.Candidate;
import dev.landfall.testkit.stage.Finding;
import dev.landfall.testkit.stage.SourceSubject;
import dev.landfall.testkit.stage.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

  private final Candidate candidate;
  private Duration limit = Duration.ofSeconds(20);
  private long seed = 1;
  private Predicate<Rule> chosen = rule -> true;

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
    try (Scratch scratch = Scratch.make()) {
      Identity identity = identity();
      List<Rule> rules = chosen();
      Set<Capability> present = EnumSet.noneOf(Capability.class);
      String failure = probe(scratch, present);
      Map<String, RuleResult> results = new LinkedHashMap<>();
      Map<String, List<Finding>> strays = new LinkedHashMap<>();
      for (Rule rule : rules) {
        RuleResult result =
            failure == null
                ? tryOut(rule, present, scratch.next(), strays)
                : new RuleResult(rule, Verdict.ERRORED, null, null, failure, Duration.ZERO);
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
      return new Report(
          identity.id(),
          identity.version(),
          Kit.version(),
          seed,
          List.copyOf(present),
          List.copyOf(results.values()));
    }
  }

  private record Identity(String id, String version) {}

  private Identity identity() {
    if (candidate instanceof SourceSubject source) {
      SourceDescriptor descriptor = source.source().get().descriptor();
      return new Identity(descriptor.id(), descriptor.version());
    }
    DestinationDescriptor descriptor = ((Subject) candidate).destination().get().descriptor();
    return new Identity(descriptor.id(), descriptor.version());
  }

  private List<Rule> chosen() {
    Rule.About about =
        candidate instanceof SourceSubject ? Rule.About.SOURCES : Rule.About.DESTINATIONS;
    List<Rule> rules =
        Rules.about(about).stream()
            .filter(rule -> rule.kind() != Rule.Kind.UNTESTED && chosen.test(rule))
            .toList();
    // A run of no rules would conform.
    if (rules.isEmpty()) {
      throw new IllegalArgumentException(
          "None of the rules that were chosen is about " + about.name().toLowerCase(Locale.ROOT));
    }
    return rules;
  }

  /** Gathers what is there; says what failed in the kit or the sandbox, or null. */
  private @Nullable String probe(Scratch scratch, Set<Capability> present) throws IOException {
    Path folder = scratch.next();
    try (Scene scene = Scene.of(candidate, folder, seed)) {
      for (Capability capability : Capability.values()) {
        if (scene.has(capability)) {
          present.add(capability);
        }
      }
      return null;
    } catch (RuntimeException e) {
      return Performance.failed(e);
    }
  }

  private RuleResult tryOut(
      Rule rule, Set<Capability> present, Path folder, Map<String, List<Finding>> strays) {
    List<Capability> lacking = new ArrayList<>(rule.needs());
    lacking.removeAll(present);
    if (!lacking.isEmpty()) {
      boolean skipped = lacking.stream().allMatch(Capability::declared);
      return new RuleResult(
          rule,
          skipped ? Verdict.SKIPPED : Verdict.UNVERIFIED,
          null,
          null,
          "Without " + String.join(", ", lacking.stream().map(Enum::name).toList()) + ".",
          Duration.ZERO);
    }
    long chance = 31 * seed + rule.id().hashCode();
    Performance performance = new Performance(rule.id(), limit).on(candidate, folder, chance);
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
