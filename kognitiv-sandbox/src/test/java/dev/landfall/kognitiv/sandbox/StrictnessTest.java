package dev.landfall.kognitiv.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.testkit.sandbox.SandboxRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StrictnessTest {

  private static final String MEMBER = Caller.member("VIP-2026", "7");

  @TempDir Path folder;
  private KognitivSandbox sandbox;
  private Caller caller;

  @BeforeEach
  void start() {
    sandbox =
        KognitivSandbox.start(
            SandboxRequest.in(folder).withTarget(Map.of("groupExternalReference", "VIP-2026")));
    caller = new Caller(sandbox.address()).signedIn();
  }

  @AfterEach
  void nobodyWasAdded() {
    assertThat(sandbox.members("VIP-2026")).isEmpty();
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api",
        "/api/groups",
        "/api/api/groups/promotionalMember/VIP-2026/members/7",
        "/groups/promotionalMember/VIP-2026/members/7",
        "//api/groups/promotionalMember/VIP-2026/members/7",
        "/api/groups/promotionalmember/VIP-2026/members/7",
        "/api/groups/promotionalMember/VIP-2026/members/7/",
        "/api/groups/promotionalMember/VIP-2026/members/",
        "/api/groups/promotionalMember//members/7",
        "/api/groups/promotionalMember/VIP-2026/member/7",
        "/api/groups/promotionalMember/VIP-2026",
        "/api/groups/promotionalMember/x/../VIP-2026/members/7",
        "/api/groups/promotionalMember/VIP-2026/members/%2e%2e",
        "/api/groups/promotionalMember/VIP-2026/members/.",
        "/__admin/mappings",
      })
  void anUnknownPathIsNotFoundInItsOwnWords(String path) throws IOException {
    assertThat(caller.rawStatus("PUT", path)).isEqualTo(404);
    assertThat(sandbox.state().calls("other")).isEqualTo(1);
    assertThat(caller.call("PUT", "/elsewhere").body()).contains("route-not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%z", "%zz", "%C3", "%ff", "%00", "7%0"})
  void aSegmentThatCannotBeDecodedIsABadRequest(String id) throws IOException {
    String path = "/api/groups/promotionalMember/VIP-2026/members/" + id;
    assertThat(caller.rawStatus("PUT", path)).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/groups/promotionalMember/VIP-2026/members/%2537, invalid-internal-id",
    "/api/groups/promotionalMember/VIP%252D2026/members/7, group-not-found",
    "/api/groups/promotionalMember/VIP-2026%20/members/7, group-not-found",
    "/api/groups/promotionalMember/VIP-2026/members/7;x=y, invalid-internal-id",
    "/api/groups/promotionalMember/VIP-2026/members/7+, invalid-internal-id",
  })
  void aSegmentIsDecodedOnceAndTakenAsItIs(String path, String code) {
    assertThat(caller.call("PUT", path).body()).contains(code);
  }

  @Test
  void anotherMethodIsNotAllowed() {
    for (String method : new String[] {"GET", "POST", "PATCH", "HEAD", "OPTIONS"}) {
      HttpResponse<String> answer = caller.call(method, MEMBER);
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("PUT, DELETE");
    }
    for (String method : new String[] {"PUT", "POST", "DELETE"}) {
      assertThat(caller.call(method, Caller.GROUPS).statusCode()).as(method).isEqualTo(405);
    }
    assertThat(sandbox.state().groups()).containsExactly("VIP-2026");
  }

  @Test
  void aBodyIsRefusedWhereNoneBelongs() {
    assertThat(caller.call("PUT", MEMBER, "{}").body()).contains("unexpected-body");
    assertThat(caller.call("DELETE", MEMBER, "{}").statusCode()).isEqualTo(400);
    assertThat(caller.call("GET", Caller.GROUPS, "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void aQueryIsRefusedWhereNoneBelongs() {
    assertThat(caller.call("PUT", MEMBER + "?x").body()).contains("unexpected-query");
    assertThat(caller.call("GET", Caller.GROUPS + "?page=2").statusCode()).isEqualTo(400);
  }
}
