package dev.landfall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.settings.Violation;
import dev.landfall.host.manifest.Catalogue;
import dev.landfall.host.manifest.ManifestReader;
import dev.landfall.host.plugin.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connectors of the distribution as the host sees them. */
class CatalogueIT {

  private static final Path MANIFESTS = Path.of("..", "manifests");
  private static final String REGENERATE = "landfall.regenerate";

  private final Plugins plugins = Plugins.load(Path.of("target/landfall/plugins"));

  @TempDir private Path folder;

  @AfterEach
  void close() {
    plugins.close();
  }

  @Test
  void everyConnectorLoads() {
    assertThat(plugins.broken()).isEmpty();
    assertThat(plugins.destinations())
        .extracting(DestinationDescriptor::id)
        .containsExactly("kognitiv", "table");
    assertThat(plugins.sources())
        .extracting(SourceDescriptor::id)
        .containsExactly("kognitiv-case-sync");
  }

  @Test
  void theCommittedCatalogueIsTheGeneratedOne() throws IOException {
    Map<String, String> generated = new TreeMap<>();
    for (DestinationDescriptor descriptor : plugins.destinations()) {
      generated.put("connectors/" + descriptor.id() + ".json", Catalogue.entry(descriptor));
    }
    for (SourceDescriptor descriptor : plugins.sources()) {
      generated.put("sources/" + descriptor.id() + ".json", Catalogue.entry(descriptor));
    }
    if (Boolean.getBoolean(REGENERATE)) {
      for (Map.Entry<String, String> entry : generated.entrySet()) {
        Path file = MANIFESTS.resolve(entry.getKey());
        Files.createDirectories(file.getParent());
        Files.writeString(file, entry.getValue());
      }
    }

    assertThat(committed())
        .as(
            "Generate it again and commit it, and then the schema that links to it (CatalogueTest):"
                + " mvn -B verify -pl cli -am -Dtest=none -Dit.test=CatalogueIT"
                + " -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dfailsafe.failIfNoSpecifiedTests=false -D%s=true",
            REGENERATE)
        .isEqualTo(generated);
  }

  /** Kognitiv's five minutes are the longest that it lets one call take. */
  @ParameterizedTest
  @CsvSource({"PT9M59S, 1", "PT10M, 0"})
  void theHostHoldsTheSettlingTimeAgainstKognitivsTimeLimit(String settle, int violations)
      throws IOException {
    Path manifest =
        Files.writeString(
            folder.resolve("sync.json"),
            """
            {
              "name": "vip-members",
              "source": {"type": "file", "path": "vip-members.csv"},
              "destination": {
                "connector": "kognitiv",
                "connection": {
                  "apiBaseUrl": "https://app.kognitivloyalty.com",
                  "clientId": {"env": "KOGNITIV_CLIENT_ID"},
                  "clientSecret": {"env": "KOGNITIV_CLIENT_SECRET"},
                  "totalTimeLimit": "PT5M"
                },
                "target": {
                  "objectType": "promotional-member-group",
                  "groupExternalReference": "VIP-2026"
                }
              },
              "mode": "mirror",
              "delivery": {"settle": "%s"}
            }
            """
                .formatted(settle));

    assertThat(ManifestReader.read(manifest, plugins::describe).violations())
        .extracting(Violation::code)
        .hasSize(violations)
        .allMatch("manifest.settle-too-short"::equals);
  }

  private static Map<String, String> committed() throws IOException {
    Map<String, String> entries = new TreeMap<>();
    for (String kind : List.of("connectors", "sources")) {
      if (Files.isDirectory(MANIFESTS.resolve(kind))) {
        try (var files = Files.list(MANIFESTS.resolve(kind))) {
          for (Path file : files.toList()) {
            entries.put(kind + "/" + file.getFileName(), Files.readString(file));
          }
        }
      }
    }
    return entries;
  }
}
