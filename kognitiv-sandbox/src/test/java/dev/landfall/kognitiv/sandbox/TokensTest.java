package dev.landfall.kognitiv.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.settings.Secret;
import dev.landfall.testkit.sandbox.Fault;
import dev.landfall.testkit.sandbox.SandboxRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TokensTest {

  @TempDir Path folder;
  private final Time time = new Time();
  private KognitivSandbox sandbox;
  private Caller caller;

  @BeforeEach
  void start() {
    sandbox =
        KognitivSandbox.start(
            SandboxRequest.in(folder)
                .withClock(time)
                .withTarget(Map.of("groupExternalReference", "VIP-2026")));
    caller = new Caller(sandbox.address());
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theRightCredentialsGetABearerTokenForAnHour() {
    HttpResponse<String> answer = caller.token(Caller.FORM);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body())
        .matches("\\{\"access_token\":\"[^\"]+\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
    assertThat(sandbox.state().calls("token")).isEqualTo(1);
    assertThat(sandbox.tokens().granted()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "grant_type=client_credentials&client_id=sandbox-client&client_secret=no,       invalid_client",
    "grant_type=client_credentials&client_id=no&client_secret=sandbox-secret,       invalid_client",
    "grant_type=client_credentials&client_id=sandbox-client,                        invalid_client",
    "grant_type=client_credentials&client_ID=sandbox-client&client_secret=x,        invalid_client",
    "client_id=sandbox-client&client_secret=sandbox-secret,                         invalid_request",
    "grant_type=client_credentials&grant_type=x&client_id=a&client_secret=b,        invalid_request",
    "grant_type=%C3&client_id=sandbox-client&client_secret=sandbox-secret,          invalid_request",
    "grant_type=password&client_id=sandbox-client&client_secret=sandbox-secret,"
        + " unsupported_grant_type",
  })
  void aWrongFormIsRefusedInTheWordsOfTheStandard(String form, String error) {
    HttpResponse<String> answer = caller.token(form);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"error\":\"" + error + "\"}");
  }

  @Test
  void theFormNeedsItsContentTypeAndItsMethodAndNoQuery() {
    HttpResponse<String> untyped =
        caller.send(
            caller.request("POST", "/Auth/connect/token", BodyPublishers.ofString(Caller.FORM)));
    assertThat(untyped.statusCode()).isEqualTo(400);
    assertThat(untyped.body()).isEqualTo("{\"error\":\"invalid_request\"}");
    assertThat(caller.call("GET", "/Auth/connect/token").statusCode()).isEqualTo(405);
    assertThat(caller.call("POST", "/Auth/connect/token?" + Caller.FORM).statusCode())
        .isEqualTo(400);
    assertThat(caller.call("POST", "/auth/connect/token").statusCode()).isEqualTo(404);
    assertThat(caller.call("POST", "/api/Auth/connect/token").statusCode()).isEqualTo(404);
    assertThat(sandbox.tokens().granted()).isZero();
  }

  @Test
  void credentialsMayComeInABasicHeaderButNotTwice() {
    sandbox.tokens().credentials(Secret.of("a b:c"), Secret.of("p%+ü"));
    String form = "grant_type=client_credentials";
    String right = basic("a+b%3Ac:p%25%2B%C3%BC");
    assertThat(caller.token(form, "Authorization", right).statusCode()).isEqualTo(200);
    HttpResponse<String> wrong = caller.token(form, "Authorization", basic("a:b"));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).isEqualTo("{\"error\":\"invalid_client\"}");
    assertThat(wrong.headers().firstValue("WWW-Authenticate")).contains("Basic");
    assertThat(caller.token(Caller.FORM, "Authorization", right).statusCode()).isEqualTo(400);
    assertThat(caller.token(form, "Authorization", "Basic %%%").statusCode()).isEqualTo(401);
  }

  @Test
  void aTenantMayWantAnotherPathIdFieldHeaderAndFieldsMore() {
    sandbox.tokens().path("/connect").idField("client_ID").requireField("api_domain", "x/api");
    String form = Caller.FORM.replace("client_id", "client_ID");
    assertThat(caller.token(form).statusCode()).isEqualTo(404);
    assertThat(token("/connect", form)).isEqualTo(400);
    assertThat(token("/connect", form + "&api_domain=x%2Fapi")).isEqualTo(200);

    sandbox.tokens().basicOnly(true);
    assertThat(token("/connect", form + "&api_domain=x%2Fapi")).isEqualTo(400);
  }

  private int token(String path, String form) {
    return caller
        .send(
            caller
                .request("POST", path, BodyPublishers.ofString(form))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"))
        .statusCode();
  }

  @Test
  void refusedCredentialsAndAnEndpointThatIsDownAreTwoThings() {
    sandbox.tokens().refuseCredentials(true);
    assertThat(caller.token(Caller.FORM).body()).isEqualTo("{\"error\":\"invalid_client\"}");
    sandbox.tokens().refuseCredentials(false).down(true);
    assertThat(caller.token(Caller.FORM).statusCode()).isEqualTo(503);
    sandbox.tokens().down(false);
    assertThat(caller.token(Caller.FORM).statusCode()).isEqualTo(200);
  }

  @Test
  void rotatedCredentialsAreInTheConnectionAndHidden() {
    sandbox.tokens().credentials(Secret.of("new-id"), Secret.of("new-secret"));
    assertThat(sandbox.connection())
        .containsEntry("clientId", Secret.of("new-id"))
        .containsEntry("clientSecret", Secret.of("new-secret"))
        .containsEntry("apiBaseUrl", sandbox.address().toString());
    assertThat(sandbox.connection().toString()).doesNotContain("new-");
    assertThat(caller.token(Caller.FORM).statusCode()).isEqualTo(400);
  }

  @Test
  void aCallWithoutAGoodTokenIsUnauthorized() {
    HttpResponse<String> none = caller.add("VIP-2026", "7");
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    HttpResponse<String> invented = caller.withToken("invented").add("VIP-2026", "7");
    assertThat(invented.statusCode()).isEqualTo(401);
    assertThat(invented.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer error=\"invalid_token\"");
    assertThat(caller.groups().statusCode()).isEqualTo(401);
    assertThat(sandbox.members("VIP-2026")).isEmpty();
    assertThat(sandbox.state().calls("add")).isEqualTo(2);
  }

  @Test
  void aTokenExpiresByTheClock() {
    sandbox.tokens().expireAfter(Duration.ofSeconds(60));
    caller.signedIn();
    time.pass(Duration.ofSeconds(59));
    assertThat(caller.add("VIP-2026", "7").statusCode()).isEqualTo(204);
    time.pass(Duration.ofSeconds(1));
    assertThat(caller.add("VIP-2026", "7").statusCode()).isEqualTo(401);
    assertThat(caller.signedIn().add("VIP-2026", "7").statusCode()).isEqualTo(204);
  }

  @Test
  void aTokenExpiresByUse() {
    sandbox.tokens().expireAfterUses(2);
    caller.signedIn();
    assertThat(caller.add("VIP-2026", "7").statusCode()).isEqualTo(204);
    assertThat(caller.remove("VIP-2026", "7").statusCode()).isEqualTo(204);
    assertThat(caller.remove("VIP-2026", "7").statusCode()).isEqualTo(401);
  }

  @Test
  void aRevokedTokenIsRefusedAndANewOneCanBeHad() {
    caller.signedIn();
    assertThat(sandbox.tokens().revokeAll()).isEqualTo(1);
    assertThat(caller.groups().statusCode()).isEqualTo(401);
    assertThat(caller.signedIn().groups().statusCode()).isEqualTo(200);
  }

  @Test
  void theTokenEndpointHasFaultsOfItsOwn() {
    sandbox.faults().inject(Fault.answering(500).notApplied().onCalls(KognitivSandbox.TOKEN));
    assertThat(caller.token(Caller.FORM).statusCode()).isEqualTo(500);
    assertThat(sandbox.tokens().granted()).isZero();
  }
}
