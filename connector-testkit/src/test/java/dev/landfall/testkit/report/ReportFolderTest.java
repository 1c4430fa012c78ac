package dev.landfall.testkit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportFolderTest {

  private static final Pattern TITLE = Pattern.compile("<title>(window .*)</title>");

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    ReportFolder.write(folder, Reports.ofEveryVerdict(), KnownViolations.NONE);
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  @Test
  void theJsonTellsAllThatIsNeededToFindWhatIsWrong() throws IOException {
    JsonNode report = JsonMapper.shared().readTree(text("report.json"));

    assertThat(report.get("conforms").booleanValue()).isFalse();
    assertThat(report.get("rules").size()).isEqualTo(5);
    JsonNode violated = report.get("rules").get(1);
    assertThat(violated.get("verdict").stringValue()).isEqualTo("VIOLATED");
    assertThat(violated.get("expected").stringValue()).isEqualTo("Rejected for member 1");
    assertThat(violated.get("actual").stringValue()).contains(Reports.NASTY);
    assertThat(violated.get("trace").size()).isEqualTo(2);
    assertThat(violated.get("again").stringValue())
        .isEqualTo("landfall certify acme --rule D-5.6 --seed 42");
  }

  @Test
  void buildServersReadTheXmlAsTheyReadTests() throws Exception {
    Document xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("junit.xml").toFile());
    Element suite = xml.getDocumentElement();

    assertThat(suite.getAttribute("tests")).isEqualTo("5");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).as("errored and unverified").isEqualTo("2");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    Element failure = (Element) xml.getElementsByTagName("failure").item(0);
    assertThat(failure.getTextContent())
        .contains("D-5.6 MUST")
        .contains("expected: Rejected for member 1")
        .contains("<script>")
        .contains("look at: ");
    assertThat(xml.getElementsByTagName("error").getLength()).isEqualTo(2);
  }

  @Test
  void thePageNeedsNoOtherFileAndShowsTextAsText() throws IOException {
    String page = text("report.html");

    assertThat(page)
        .doesNotContain("<script", "<link", "src=", "http://", "https://", "url(")
        .contains("&lt;script&gt;")
        .contains("width=device-width")
        .contains("Not conforming.")
        .contains("1 violated")
        .contains("Unverified: never to be read as passed (1)");
  }

  @Test
  void thePageFitsAPhoneInARealBrowser() throws Exception {
    assertThat(widths(text("report.html"))).isEqualTo("window 390, page 390");
  }

  @Test
  void aPageThatIsTooWideForAPhoneIsFoundOut() throws Exception {
    String page = text("report.html").replace("<h1>", "<h1 style=\"width: 500px\">");

    assertThat(widths(page)).startsWith("window 390, page 5");
  }

  /** Shown in a frame as wide as a phone: no browser makes its own window so narrow. */
  private String widths(String page) throws IOException, InterruptedException {
    Optional<Path> browser = browser();
    Assumptions.assumeTrue(browser.isPresent(), "No Chromium is installed here.");
    Path phone = folder.resolve("phone.html");
    Files.writeString(
        phone,
        """
        <!DOCTYPE html>
        <iframe style="border: 0; width: 390px; height: 844px" srcdoc="%s"
          onload="document.title = 'window ' + this.contentWindow.innerWidth + ', page '
            + this.contentDocument.documentElement.scrollWidth"></iframe>
        """
            .formatted(page.replace("&", "&amp;").replace("\"", "&quot;")));
    Path dom = folder.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                browser.get().toString(),
                "--headless",
                "--no-sandbox",
                "--hide-scrollbars",
                "--disable-gpu",
                "--disable-quic",
                "--disable-sync",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                phone.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as("the browser came to an end").isTrue();
    Matcher title = TITLE.matcher(Files.readString(dom));
    assertThat(title.find()).as("the page was shown").isTrue();
    return title.group(1);
  }

  private static Optional<Path> browser() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .flatMap(
            folder ->
                List.of("chromium", "chromium-browser", "google-chrome", "headless_shell").stream()
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
