package dev.landfall.kognitiv;

import static dev.landfall.kognitiv.Syncs.add;
import static dev.landfall.kognitiv.Syncs.remove;
import static dev.landfall.kognitiv.Syncs.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.connector.Context;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.settings.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

  static final List<String> AWKWARD =
      List.of(
          "a/b",
          "a%2Fb",
          "%2e%2e",
          "...",
          "a b",
          " 7 ",
          "a+b",
          "a;b",
          "a?b",
          "a#b",
          "a:b@c",
          "ä",
          "Straße",
          "😀",
          "100%",
          "%",
          "%zz",
          "a\\b",
          "{x}",
          "a,b",
          "a=b&c",
          "'\"<>|^`",
          "~._-",
          "*!$()",
          "\u200b",
          "0042");

  @Test
  void everyAwkwardIdIsOneSegmentThatReadsBackAsItself() throws IOException {
    try (RawServer server =
            new RawServer((socket, out) -> RawServer.write(out, "HTTP/1.1 204 None\r\n\r\n"));
        DestinationSession session = Syncs.open(server.url())) {
      String[] ids = AWKWARD.toArray(String[]::new);
      assertThat(said(session.deliver(add(ids)))).containsOnly("Delivered UNREPORTED");
      assertThat(said(session.deliver(remove(ids)))).containsOnly("Delivered UNREPORTED");

      for (int i = 0; i < ids.length; i++) {
        assertThat(server.memberLines.get(i)).isEqualTo(line("PUT", "VIP", ids[i]));
        assertThat(server.memberLines.get(ids.length + i)).isEqualTo(line("DELETE", "VIP", ids[i]));
        assertThat(decoded(server.memberLines.get(i))).isEqualTo(List.of("VIP", ids[i]));
      }
    }
  }

  @Test
  void everyAwkwardReferenceIsOneSegmentThatReadsBackAsItself() throws Exception {
    try (RawServer server =
        new RawServer((socket, out) -> RawServer.write(out, "HTTP/1.1 204 None\r\n\r\n"))) {
      for (String reference : AWKWARD) {
        try (DestinationSession session =
            Syncs.open(server.url(), reference, Map.of(), Context.builder().build())) {
          assertThat(said(session.deliver(add("5")))).containsExactly("Delivered UNREPORTED");
        }
      }

      assertThat(server.memberLines).hasSize(AWKWARD.size());
      for (int i = 0; i < AWKWARD.size(); i++) {
        assertThat(decoded(server.memberLines.get(i))).isEqualTo(List.of(AWKWARD.get(i), "5"));
      }
    }
  }

  @Test
  void whatLooksEncodedIsEncodedAgain() {
    assertThat(PathSegment.encode("a%2Fb")).contains("a%252Fb");
    assertThat(PathSegment.encode("%2e%2e")).contains("%252e%252e");
    assertThat(PathSegment.encode("ü😀")).contains("%C3%BC%F0%9F%98%80");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "a\tb", "\u0085", "\ud83d"})
  void aReferenceThatCannotBeASegmentIsAViolation(String reference) {
    List<Violation> violations =
        KognitivSettings.TARGET.violations(
            Map.of("objectType", "promotional-member-group", "groupExternalReference", reference),
            Path.of("/"));

    assertThat(violations).hasSize(1);
    assertThat(violations.get(0).pointer()).isEqualTo("/groupExternalReference");
    assertThat(violations.get(0).message())
        .startsWith("Group External Reference (groupExternalReference) must not be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void aBlankReferenceIsAViolation(String reference) {
    assertThat(
            KognitivSettings.TARGET.violations(
                Map.of(
                    "objectType", "promotional-member-group", "groupExternalReference", reference),
                Path.of("/")))
        .extracting(Violation::pointer)
        .containsExactly("/groupExternalReference");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/api", "/api/", "/API", "/api/api//"})
  void theBaseUrlMayBeGivenWithOrWithoutApiAndTrailingSlash(String suffix) {
    try (ScriptedKognitiv server = new ScriptedKognitiv();
        DestinationSession session = Syncs.open(server.url() + suffix)) {
      session.deliver(add("5"));

      assertThat(server.calls())
          .extracting(ScriptedKognitiv.Call::path)
          .containsExactly("/Auth/connect/token", "/api/groups/promotionalMember/VIP/members/5");
    }
  }

  @Test
  void aBaseUrlBelowAGatewayKeepsItsPath() {
    try (ScriptedKognitiv server = new ScriptedKognitiv();
        DestinationSession session = Syncs.open(server.url() + "/gateway/kognitiv/api/")) {
      session.deliver(add("5"));

      assertThat(server.calls())
          .extracting(ScriptedKognitiv.Call::path)
          .containsExactly(
              "/gateway/kognitiv/Auth/connect/token",
              "/gateway/kognitiv/api/groups/promotionalMember/VIP/members/5");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS://App.KognitivLoyalty.com:443/api/, https://app.kognitivloyalty.com",
    "https://app.kognitivloyalty.com, https://app.kognitivloyalty.com",
    "https://app.kognitivloyalty.com:8443//, https://app.kognitivloyalty.com:8443",
    "http://LOCALHOST:80/API, http://localhost",
    "http://127.0.0.1:443, http://127.0.0.1:443",
    "http://[::1]:8080/, http://[::1]:8080"
  })
  void everySpellingOfARootHasOneForm(String pasted, String canonical) {
    URI root = ApiRoot.of(URI.create(pasted));

    assertThat(root).isEqualTo(URI.create(canonical));
    assertThat(ApiRoot.of(root)).isEqualTo(root);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h.example/api/groups",
        "https://h.example/Auth/connect/token",
        "https://h.example/a/../b",
        "https://h.example/%2e%2e/b"
      })
  void theAddressOfACallIsNoBaseUrl(String pasted) {
    assertThatThrownBy(() -> ApiRoot.of(URI.create(pasted)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be the root of the API");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://app.kognitivloyalty.com",
        "HTTP://app.kognitivloyalty.com/api/",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "http://10.0.0.1"
      })
  void plainHttpToAFarHostIsRefused(String url) {
    assertThat(
            KognitivSettings.CONNECTION.violations(
                Map.of(
                    "apiBaseUrl", url, "clientId", "id", "clientSecret", Map.of("env", "SECRET")),
                Path.of("/")))
        .extracting(Violation::code)
        .containsExactly("setting.insecure-url");
  }

  private static String line(String method, String reference, String id) {
    return method
        + " /api/groups/promotionalMember/"
        + PathSegment.encode(reference).orElseThrow()
        + "/members/"
        + PathSegment.encode(id).orElseThrow()
        + " HTTP/1.1";
  }

  /** The reference and the id as a server reads them: split at slashes, then decoded. */
  private static List<String> decoded(String line) {
    String[] segments = line.split(" ", -1)[1].split("/", -1);
    assertThat(segments).hasSize(7);
    return List.of(decode(segments[4]), decode(segments[6]));
  }

  private static String decode(String segment) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < segment.length(); i++) {
      if (segment.charAt(i) == '%') {
        bytes.write(Integer.parseInt(segment.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(segment.charAt(i));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
