package dev.landfall.kognitiv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckReport.Status;
import dev.landfall.kognitiv.ScriptedKognitiv.Scripted;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {

  private final ScriptedKognitiv server = new ScriptedKognitiv();

  @AfterEach
  void close() {
    server.close();
  }

  private CheckReport check() {
    return check(server.url());
  }

  private static CheckReport check(String url) {
    return new KognitivDestination().check(Syncs.check(url, "VIP"));
  }

  private static List<Status> statuses(CheckReport report) {
    assertThat(report.items())
        .extracting(CheckReport.Item::name)
        .containsExactly("API base URL", "credentials", "group VIP");
    return report.items().stream().map(CheckReport.Item::status).toList();
  }

  @Test
  void everythingPassesWhereTheGroupIsListed() {
    server.onGroups = call -> ScriptedKognitiv.groups("VIP");

    assertThat(statuses(check())).containsExactly(Status.PASSED, Status.PASSED, Status.PASSED);
  }

  @Test
  void nothingIsChanged() {
    check();

    assertThat(server.calls())
        .extracting(ScriptedKognitiv.Call::method)
        .containsExactly("POST", "GET");
  }

  @Test
  void aGroupThatIsNotListedFails() {
    server.onGroups = call -> ScriptedKognitiv.groups("OTHER");

    CheckReport report = check();

    assertThat(statuses(report)).containsExactly(Status.PASSED, Status.PASSED, Status.FAILED);
    assertThat(report.items().get(2).problem().code()).isEqualTo("kognitiv.group-not-found");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 429, 500})
  void aListThatDoesNotAnswerLeavesTheGroupUnverified(int status) {
    server.onGroups = call -> Scripted.status(status);

    assertThat(statuses(check())).containsExactly(Status.PASSED, Status.PASSED, Status.UNVERIFIED);
  }

  @Test
  void aListWithoutReferencesLeavesTheGroupUnverified() {
    server.onGroups = call -> Scripted.json(200, "{\"data\":[{\"id\":1,\"name\":\"VIP\"}]}");

    assertThat(statuses(check())).containsExactly(Status.PASSED, Status.PASSED, Status.UNVERIFIED);
  }

  @ParameterizedTest
  @CsvSource({"401, kognitiv.token-rejected", "302, kognitiv.redirected"})
  void aListThatShowsThatASyncWouldFailFails(int status, String code) {
    server.onGroups = call -> Scripted.status(status);

    CheckReport report = check();

    assertThat(statuses(report)).containsExactly(Status.PASSED, Status.PASSED, Status.FAILED);
    assertThat(report.items().get(2).problem().code()).isEqualTo(code);
  }

  @Test
  void refusedCredentialsFailAndLeaveTheGroupUnverified() {
    server.onToken = call -> Scripted.json(401, "{\"error\":\"invalid_client\"}");

    CheckReport report = check();

    assertThat(statuses(report)).containsExactly(Status.PASSED, Status.FAILED, Status.UNVERIFIED);
    assertThat(report.items().get(1).problem().code())
        .isEqualTo("kognitiv.invalid-client-credentials");
    assertThat(report.ok()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429})
  void aTokenEndpointThatIsDownLeavesTheCredentialsUnverified(int status) {
    server.onToken = call -> Scripted.status(status);

    assertThat(statuses(check()))
        .containsExactly(Status.PASSED, Status.UNVERIFIED, Status.UNVERIFIED);
  }

  @Test
  void aWrongAddressFails() {
    server.onToken = call -> Scripted.status(404);

    CheckReport report = check();

    assertThat(statuses(report))
        .containsExactly(Status.FAILED, Status.UNVERIFIED, Status.UNVERIFIED);
    assertThat(report.items().get(0).problem().code())
        .isEqualTo("kognitiv.token-endpoint-not-found");
  }

  @Test
  void anAddressThatRefusesConnectionsFails() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }

    assertThat(statuses(check("http://127.0.0.1:" + port)))
        .containsExactly(Status.FAILED, Status.UNVERIFIED, Status.UNVERIFIED);
  }
}
