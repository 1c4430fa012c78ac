package dev.landfall.kognitiv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.Context;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.settings.Secret;
import dev.landfall.kognitiv.ScriptedKognitiv.Scripted;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing that must stay secret is in anything that is printed, at the finest log level too. */
class SecrecyTest {

  private static final String SECRET = "canary/secret+7 %x=";
  private static final String TOKEN = "canary.token/3+7==";
  private static final String BODY = "canary-body of member";
  private static final String MEMBER = "98765432109";
  private static final List<String> CANARIES = List.of(SECRET, TOKEN, BODY, MEMBER);

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream err = System.err;
  private final List<Object> printed = new CopyOnWriteArrayList<>();
  private final ScriptedKognitiv server = new ScriptedKognitiv();
  private final Context context =
      Context.builder().notices((code, message) -> printed.add(code + message)).build();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() {
    System.setErr(err);
    server.close();
  }

  @Test
  void noOutcomeProblemNoticeOrLogHoldsASecretATokenABodyOrAMember() {
    Map<String, Object> secret = Map.of("clientSecret", Secret.of(SECRET));
    for (boolean basic : new boolean[] {false, true}) {
      for (int status : new int[] {200, 302, 400, 401, 403, 404, 409, 422, 429, 500}) {
        server.onMember = call -> body(status);
        server.onGroups = call -> body(status);
        server.onToken = call -> ScriptedKognitiv.token(TOKEN, 3600);
        sync(Map.of("clientSecret", Secret.of(SECRET), "basicCredentials", basic));
        server.onToken = call -> body(status);
        sync(Map.of("clientSecret", Secret.of(SECRET), "basicCredentials", basic));
      }
    }
    server.onToken = call -> ScriptedKognitiv.token(TOKEN + "\\u0001", 3600);
    sync(secret);
    server.onToken = call -> ScriptedKognitiv.token(TOKEN, 3600);
    server.onMember = SecrecyTest::breakOff;
    server.onGroups = SecrecyTest::breakOff;
    sync(secret);
    server.onToken = SecrecyTest::breakOff;
    sync(secret);
    server.close();
    sync(secret);

    String everything = log.toString(StandardCharsets.UTF_8) + printed;
    assertThat(everything)
        .contains("Kognitiv refused the token")
        .contains("kognitiv.member-refused")
        .contains("kognitiv.connection-lost")
        .contains("refused");
    for (String canary : CANARIES) {
      for (String form : forms(canary)) {
        assertThat(everything).doesNotContain(form);
      }
    }
  }

  @Test
  void theFormsThatAreLookedForAreFoundWhereTheyAre() {
    String basic =
        Base64.getEncoder().encodeToString(("id:" + SECRET).getBytes(StandardCharsets.UTF_8));

    assertThat(forms(SECRET)).anyMatch(basic::contains);
  }

  @Test
  void aFailureOnTheWireNamesNoMember() throws Exception {
    try (RawServer raw = new RawServer((socket, out) -> socket.close());
        DestinationSession session = Syncs.open(raw.url())) {
      BatchResult result = session.deliver(Syncs.add(MEMBER));

      assertThat(result.toString() + log).doesNotContain(MEMBER).contains("connection-lost");
    }
  }

  @Test
  void whatHoldsASecretDoesNotPrintIt() {
    var settings = Syncs.connection(server.url(), Map.of("clientSecret", Secret.of(SECRET)));

    assertThat(
            List.of(
                KognitivSettings.TokenRequest.of(settings).toString(),
                new TokenAnswer.Granted(Secret.of(TOKEN), java.time.Duration.ZERO).toString(),
                new Answer(400, "text/plain", null, BODY.getBytes(StandardCharsets.UTF_8), false)
                    .toString(),
                settings.toString()))
        .allSatisfy(
            text ->
                assertThat(text).doesNotContain(SECRET).doesNotContain(TOKEN).doesNotContain(BODY));
  }

  private void sync(Map<String, ?> more) {
    try (DestinationSession session = Syncs.open(server.url(), "VIP", more, context)) {
      printed.add(session.deliver(Syncs.add(MEMBER)));
      printed.add(session.deliver(Syncs.remove(MEMBER)));
      printed.add(session);
    }
    printed.add(
        new KognitivDestination()
            .check(
                new CheckRequest(
                    Syncs.connection(server.url(), more), Syncs.target("VIP"), context)));
  }

  /** The server closes the connection of who throws. */
  private static Scripted breakOff(ScriptedKognitiv.Call call) {
    throw new IllegalStateException(call.method());
  }

  private static Scripted body(int status) {
    String said = BODY + " " + MEMBER + " " + SECRET + " " + TOKEN;
    return Scripted.json(
            status, "{\"error\":\"%s\",\"errors\":[{\"detail\":\"%s\"}]}".formatted(said, said))
        .with("Location", "/?" + URLEncoder.encode(said, StandardCharsets.UTF_8));
  }

  /** Plain, URL-encoded, and in Base64 at each of the three places it can begin in a group. */
  private static List<String> forms(String canary) {
    List<String> forms = new ArrayList<>();
    String encoded = URLEncoder.encode(canary, StandardCharsets.UTF_8);
    for (String text : List.of(canary, encoded)) {
      forms.add(text);
      for (int before = 0; before < 3; before++) {
        String base64 =
            Base64.getEncoder()
                .encodeToString((" ".repeat(before) + text).getBytes(StandardCharsets.UTF_8));
        forms.add(base64.substring(before == 0 ? 0 : 4, base64.length() - 4));
      }
    }
    return forms;
  }
}
