package dev.landfall.testkit.report;

import dev.landfall.testkit.conformance.Capability;
import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.RuleResult;
import dev.landfall.testkit.conformance.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is kept of a run beside the plugin's jars, so that a host can tell whether the jars it loads
 * are the ones that were tried.
 *
 * @param connector the connector's id
 * @param version its version
 * @param kit the version of the kit
 * @param seed what chance went by
 * @param conforms whether every MUST and SHOULD was kept, but for what is known
 * @param jars the SHA-256 of each jar in the plugin's folder, in hexadecimal, by file name
 * @param capabilities what the connector has, and whether a scenario showed it
 * @param rules the ids of rules by verdict
 * @param known the reasons of violations that are known, by rule id
 */
public record Certificate(
    String connector,
    String version,
    String kit,
    long seed,
    boolean conforms,
    Map<String, String> jars,
    Map<String, Shown> capabilities,
    Map<Verdict, List<String>> rules,
    Map<String, String> known) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** What is declared, and what was seen. */
  public enum Shown {
    /** At least one rule that needs it passed, and none was violated. */
    DEMONSTRATED,
    /** Declared, and not shown. */
    DECLARED,
    /** Not declared. */
    ABSENT
  }

  /**
   * A certificate of what was found.
   *
   * @param report what was found
   * @param known what is known to be broken
   * @param plugin the folder of the plugin's jars
   * @return the certificate
   * @throws IOException if a jar cannot be read
   */
  public static Certificate of(Report report, KnownViolations known, Path plugin)
      throws IOException {
    Map<Verdict, List<String>> rules = new LinkedHashMap<>();
    for (Verdict verdict : Verdict.values()) {
      rules.put(verdict, report.with(verdict).stream().map(r -> r.rule().id()).toList());
    }
    Map<String, String> reasons = new LinkedHashMap<>();
    for (String rule : rules.getOrDefault(Verdict.VIOLATED, List.of())) {
      known.reason(rule).ifPresent(reason -> reasons.put(rule, reason));
    }
    return new Certificate(
        report.connector(),
        report.version(),
        report.kit(),
        report.seed(),
        known.conforms(report),
        Jars.digests(plugin),
        capabilities(report),
        rules,
        reasons);
  }

  private static Map<String, Shown> capabilities(Report report) {
    Map<String, Shown> shown = new TreeMap<>();
    for (Capability capability : Capability.values()) {
      if (capability.declared()
          && report.results().stream().anyMatch(r -> capability.concerns(r.rule().about()))) {
        shown.put(capability.name(), shown(report, capability));
      }
    }
    return shown;
  }

  private static Shown shown(Report report, Capability capability) {
    if (!report.capabilities().contains(capability)) {
      return Shown.ABSENT;
    }
    List<Verdict> verdicts =
        report.results().stream()
            .filter(r -> r.rule().needs().contains(capability))
            .map(RuleResult::verdict)
            .toList();
    return verdicts.contains(Verdict.PASSED) && !verdicts.contains(Verdict.VIOLATED)
        ? Shown.DEMONSTRATED
        : Shown.DECLARED;
  }

  /**
   * Where a connector's certificate is kept: one folder of jars may have several connectors.
   *
   * @param plugin the folder of the plugin's jars
   * @param connector the connector's id
   * @return a file beside the jars, there or not
   */
  public static Path file(Path plugin, String connector) {
    return plugin.resolve(connector + ".certificate.json");
  }

  /**
   * The certificate of a connector in a plugin's folder.
   *
   * @param plugin the folder of the plugin's jars
   * @param connector the connector's id
   * @return the certificate, or empty if there is none that can be read, or it is another's
   */
  public static Optional<Certificate> in(Path plugin, String connector) {
    try {
      String text = Files.readString(file(plugin, connector));
      return Optional.of(JSON.readValue(text, Certificate.class))
          .filter(certificate -> certificate.connector().equals(connector));
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether the jars in a folder are the ones that were tried: all of them, and no other.
   *
   * @param plugin the folder of the plugin's jars
   * @return true if they are
   * @throws IOException if a jar cannot be read
   */
  public boolean covers(Path plugin) throws IOException {
    return jars.equals(Jars.digests(plugin));
  }

  /**
   * The certificate as JSON.
   *
   * @return a document with a line feed at its end
   */
  public String json() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
  }
}
