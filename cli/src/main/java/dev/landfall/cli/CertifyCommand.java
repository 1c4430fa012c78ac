package dev.landfall.cli;

import dev.landfall.connector.settings.Violation;
import dev.landfall.host.Host;
import dev.landfall.host.HostException;
import dev.landfall.host.plugin.Plugins;
import dev.landfall.testkit.conformance.Conformance;
import dev.landfall.testkit.conformance.LogbackLogs;
import dev.landfall.testkit.conformance.Report;
import dev.landfall.testkit.conformance.Rule;
import dev.landfall.testkit.conformance.RuleResult;
import dev.landfall.testkit.conformance.Rules;
import dev.landfall.testkit.conformance.Verdict;
import dev.landfall.testkit.report.Certificate;
import dev.landfall.testkit.report.JsonReport;
import dev.landfall.testkit.report.KnownViolations;
import dev.landfall.testkit.report.ReportFolder;
import dev.landfall.testkit.stage.Candidate;
import dev.landfall.testkit.stage.Logs;
import dev.landfall.testkit.stage.SourceSubject;
import dev.landfall.testkit.stage.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code landfall certify}. */
@Command(
    name = "certify",
    description = "Tries a connector by the conformance rules, in its sandbox.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  landfall certify kognitiv",
      "  landfall certify kognitiv --rule D-7 --seed 42     one chapter, other chance",
      "  landfall certify kognitiv --report out --keep      page, XML, certificate",
      "",
      "Exit codes: 0 every MUST and SHOULD is kept, 1 it is not, 2 usage, or the kit",
      "itself failed."
    })
final class CertifyCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "CONNECTOR", description = "The connector's id, kognitiv for instance.")
  private String connector = "";

  @Option(
      names = "--rule",
      paramLabel = "ID",
      description = "Tries this rule or chapter alone (D-7.3, D-7); may be given several times.")
  private List<String> rules = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What chance goes by; the same seed gives the same verdicts (default: 1).")
  private long seed = 1;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Writes report.json, junit.xml and report.html there.")
  private @Nullable Path folder;

  @Option(
      names = "--expect",
      paramLabel = "FILE",
      description =
          "Violations that are known: a JSON object of reasons by rule ids. One that no longer"
              + " occurs fails.")
  private @Nullable Path expected;

  @Option(
      names = "--keep",
      description = "Keeps the certificate beside the connector's jars, for others to see.")
  private boolean keep;

  private String said = "";

  @Override
  public Integer call() throws IOException {
    if (keep && !rules.isEmpty()) {
      throw new ParameterException(
          common.commandLine(), "A certificate is of all rules: give --keep without --rule.");
    }
    rules.replaceAll(word -> word.toUpperCase(Locale.ROOT));
    unknownRules();
    KnownViolations known = known();
    makeFolder();
    try (Host host = common.host();
        Sandboxes sandboxes = common.sandboxes()) {
      Candidate candidate = candidate(host.plugins(), sandboxes);
      Path plugin = candidate.plugin();
      if (keep && plugin != null && !Files.isWritable(plugin)) {
        throw new ParameterException(
            common.commandLine(), "--keep: " + plugin + " cannot be written to.");
      }
      Conformance conformance =
          Conformance.of(candidate)
              .seed(seed)
              .rules(this::chosen)
              .again(common.command("certify", connector, "--rule {rule} --seed {seed}"));
      if (Rules.about(conformance.about()).stream().noneMatch(this::chosen)) {
        throw new ParameterException(
            common.commandLine(),
            connector
                + " is one of the "
                + conformance.about().name().toLowerCase(Locale.ROOT)
                + ", and --rule names none of their rules.");
      }
      Report report;
      try (ProgressLine line = common.output().progress()) {
        report = conformance.run(result -> progress(line, result));
      }
      write(report, known, candidate);
      return exitCode(report, known);
    }
  }

  private void unknownRules() {
    List<String> unknown =
        rules.stream()
            .filter(word -> Rules.all().stream().noneMatch(rule -> in(word, rule)))
            .toList();
    if (!unknown.isEmpty()) {
      throw new ParameterException(
          common.commandLine(),
          "There is no rule "
              + String.join(", ", unknown)
              + "; rules have ids such as "
              + Rules.all().get(0).id()
              + ", chapters such as D-1.");
    }
  }

  private boolean chosen(Rule rule) {
    return rules.isEmpty() || rules.stream().anyMatch(word -> in(word, rule));
  }

  private static boolean in(String word, Rule rule) {
    return rule.id().equals(word) || rule.id().startsWith(word + ".");
  }

  private KnownViolations known() {
    if (expected == null) {
      return KnownViolations.NONE;
    }
    try {
      return KnownViolations.read(expected);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(common.commandLine(), "--expect: " + e.getMessage() + ".", e);
    } catch (IOException e) {
      throw new ParameterException(
          common.commandLine(), "--expect: " + expected + " cannot be read.", e);
    }
  }

  /** Before anything is tried: what cannot be written then would be lost. */
  private void makeFolder() {
    if (folder == null) {
      return;
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new ParameterException(
          common.commandLine(), "--report: " + folder + " cannot be made.", e);
    }
    if (!Files.isWritable(folder)) {
      throw new ParameterException(
          common.commandLine(), "--report: " + folder + " cannot be written to.");
    }
  }

  /** A connector that is both is tried as a destination. */
  private Candidate candidate(Plugins plugins, Sandboxes sandboxes) {
    Optional<Logs> logs = LogbackLogs.find();
    Optional<Path> sourceFolder = plugins.sourceFolder(connector);
    if (plugins.folder(connector).isEmpty() && sourceFolder.isPresent()) {
      SourceSubject source =
          SourceSubject.of(
                  () -> plugins.anotherSource(connector).orElseThrow(),
                  sandboxes.testbed(connector))
              .withPlugin(sourceFolder.get());
      return logs.map(source::withLogs).orElse(source);
    }
    for (Violation violation : plugins.describe(connector).violations()) {
      throw HostException.configuration(
          violation.code(), violation.message(), "Name an installed connector, or install it.");
    }
    Subject destination =
        Subject.of(
                () -> plugins.anotherDestination(connector).orElseThrow(),
                sandboxes.provider(connector))
            .withPlugin(plugins.folder(connector).orElseThrow());
    return logs.map(destination::withLogs).orElse(destination);
  }

  /** Where a line stays, one for each chapter is enough. */
  private void progress(ProgressLine line, RuleResult result) {
    String chapter = CertifyAnswer.chapter(result);
    if (Terminal.stderr().interactive()) {
      line.passing(result.rule().id() + " " + result.rule().sentence());
    } else if (!chapter.equals(said)) {
      line.passing("trying " + chapter);
    }
    said = chapter;
  }

  private void write(Report report, KnownViolations known, Candidate candidate) throws IOException {
    Output output = common.output();
    Path plugin = candidate.plugin();
    if (folder != null) {
      ReportFolder.write(folder, report, known);
    }
    if (keep && plugin != null) {
      Files.writeString(
          Certificate.file(plugin, report.connector()),
          Certificate.of(report, known, plugin).json());
    }
    if (common.json()) {
      output.json(JsonReport.of(report, known));
      return;
    }
    new CertifyAnswer(output, report, known).print();
    if (folder != null) {
      output.line("Report: " + folder.resolve("report.html"));
    }
    if (keep && plugin != null) {
      output.line("Certificate: " + Certificate.file(plugin, report.connector()));
    }
  }

  private static int exitCode(Report report, KnownViolations known) {
    if (!report.with(Verdict.ERRORED).isEmpty()) {
      return ExitCode.USAGE;
    }
    return known.conforms(report) ? ExitCode.DONE : ExitCode.RECORDS_FAILED;
  }
}
