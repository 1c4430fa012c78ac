package dev.landfall.testkit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.testkit.conformance.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateTest {

  @TempDir private Path plugin;

  @BeforeEach
  void installTwoJars() throws IOException {
    Files.writeString(plugin.resolve("acme.jar"), "acme");
    Files.writeString(plugin.resolve("library.jar"), "library");
  }

  private Certificate written() throws IOException {
    Certificate certificate =
        Certificate.of(Reports.ofEveryVerdict(), KnownViolations.NONE, plugin);
    Files.writeString(Certificate.file(plugin, "acme"), certificate.json());
    return certificate;
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Certificate certificate = written();

    assertThat(Certificate.in(plugin, "acme")).contains(certificate);
    assertThat(Certificate.in(plugin, "other")).isEmpty();
    assertThat(certificate.rules().get(Verdict.VIOLATED)).containsExactly("D-5.6");
    assertThat(certificate.jars())
        .containsEntry(
            "acme.jar", "822b33ad87c148a0a20a5ba7cd5ebcaa68d36a18e7aad165554903f52ca82757");
  }

  @Test
  void itCoversTheseJarsAndNoOthers() throws IOException {
    Certificate certificate = written();
    assertThat(certificate.covers(plugin)).isTrue();

    Files.writeString(plugin.resolve("more.jar"), "more");
    assertThat(certificate.covers(plugin)).isFalse();
    Files.delete(plugin.resolve("more.jar"));
    Files.writeString(plugin.resolve("library.jar"), "another");
    assertThat(certificate.covers(plugin)).isFalse();
  }

  @Test
  void aCapabilityIsDemonstratedOnlyByARuleThatPassedWithoutAnyViolated() throws IOException {
    Certificate certificate = written();

    // D-5.1 passed and D-5.6 was violated; both need adds.
    assertThat(certificate.capabilities())
        .containsEntry("ADD", Certificate.Shown.DECLARED)
        .containsEntry("REMOVE", Certificate.Shown.ABSENT);
    assertThat(
            Certificate.of(
                    Reports.report(Reports.result("D-5.1", Verdict.PASSED, "")),
                    KnownViolations.NONE,
                    plugin)
                .capabilities())
        .containsEntry("ADD", Certificate.Shown.DEMONSTRATED);
  }

  @Test
  void whatIsNoCertificateIsNone() throws IOException {
    Files.writeString(Certificate.file(plugin, "acme"), "{\"connector\": ");
    assertThat(Certificate.in(plugin, "acme")).isEmpty();
    Files.delete(Certificate.file(plugin, "acme"));
    assertThat(Certificate.in(plugin, "acme")).isEmpty();
  }

  @Test
  void aCertificateUnderTheNameOfAnotherConnectorIsNone() throws IOException {
    Files.writeString(Certificate.file(plugin, "other"), written().json());

    assertThat(Certificate.in(plugin, "other")).isEmpty();
  }
}
