package dev.landfall.cli;

import dev.landfall.connector.settings.Violation;
import dev.landfall.host.Host;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code landfall validate}. */
@Command(
    name = "validate",
    description = "Says everything that is wrong with a manifest; contacts nothing.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  landfall validate vip.json",
      "  landfall validate vip.json --json          with pointers, lines and columns"
    })
final class ValidateCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "MANIFEST", description = "The sync's manifest, a JSON file.")
  private Path manifest = Path.of("");

  @Override
  public Integer call() {
    try (Host host = common.host()) {
      List<Violation> violations = host.validate(manifest).violations();
      Violations found = new Violations(manifest.toString(), violations);
      if (common.json()) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("manifest", manifest.toString());
        document.put("valid", violations.isEmpty());
        document.put("violations", found.located());
        common.output().json(document);
      } else if (violations.isEmpty()) {
        common.output().line(Style.GREEN, "Nothing is wrong with " + manifest + ".");
      } else {
        found.print(common.output());
      }
      return violations.isEmpty() ? ExitCode.DONE : ExitCode.USAGE;
    }
  }
}
