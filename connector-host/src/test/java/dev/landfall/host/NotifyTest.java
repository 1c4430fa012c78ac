package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import dev.landfall.connector.settings.Violation;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who is told how a run ended. */
class NotifyTest {

  @TempDir Path folder;
  private final List<JsonNode> posted = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private int answer = 200;
  private HttpServer server;
  private Scene scene;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/secret-path",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          posted.add(JsonMapper.shared().readTree(new String(body, StandardCharsets.UTF_8)));
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    server.start();
    scene = Scene.in(folder).audience(1, 3);
    address("http://127.0.0.1:" + server.getAddress().getPort() + "/secret-path?key=k");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void address(String address) {
    scene.write("hook.txt", address + "\n");
    webhook("\"completed\", \"failed\", \"withheld\"");
  }

  private void webhook(String on) {
    scene.with("notify", "[{\"on\": [" + on + "], \"webhook\": {\"file\": \"hook.txt\"}}]");
  }

  private RunReport sync() {
    RunListener hearing =
        new RunListener() {
          @Override
          public void notice(String code, String message) {
            notices.add(code + " " + message);
          }
        };
    return scene.sync(r -> r, hearing, new Cancellation());
  }

  @Test
  void aWebhookIsToldOfARunThatCompleted() {
    RunReport report = sync();

    assertThat(posted).hasSize(1);
    assertThat(posted.get(0).get("text").asString())
        .isEqualTo("Landfall: the sync members ended COMPLETED.");
    assertThat(posted.get(0).at("/run/run").asString()).isEqualTo(report.run());
    assertThat(posted.get(0).at("/run/adds/delivered").asInt()).isEqualTo(3);
    assertThat(notices).isEmpty();
  }

  @Test
  void aWebhookIsToldOfRemovalsThatAreWithheldAndOfARunThatFailed() {
    sync();
    assertThat(scene.audience("1").budget(0, 1).audience().sync().status())
        .isEqualTo(RunStatus.WITHHELD);
    scene.audience(1, 9).answer("open", "refused").sync();

    assertThat(posted)
        .extracting(p -> p.at("/run/status").asString())
        .containsExactly("COMPLETED", "WITHHELD", "FAILED");
  }

  @Test
  void aRunThatFailsBeforeItHasAReportIsToldToo() {
    scene.csv("");

    assertThatThrownBy(this::sync).isInstanceOf(HostException.class);

    assertThat(posted).hasSize(1);
    assertThat(posted.get(0).at("/run/sync").asString()).isEqualTo("members");
    assertThat(posted.get(0).at("/run/problems/0/code").asString()).isEqualTo("source.empty");
  }

  @Test
  void aSecretThatIsNotThereIsToldToo() {
    scene.with(
        "source",
        """
        {"type": "sql", "url": "jdbc:postgresql://localhost/x", "password": {"env": "NOWHERE"},
         "query": "select 1 as id"}""");

    assertThatThrownBy(this::sync).isInstanceOf(InvalidManifest.class);

    assertThat(posted).hasSize(1);
    assertThat(posted.get(0).at("/run/status").asString()).isEqualTo("FAILED");
    assertThat(posted.get(0).at("/run/problems/0/code").asString())
        .isEqualTo("reference.env-unset");
  }

  @Test
  void aDefectIsToldWithoutWhatItSays() {
    RunListener defective =
        new RunListener() {
          @Override
          public void reading() {
            throw new IllegalStateException("member 4711");
          }
        };

    assertThatThrownBy(() -> scene.sync(r -> r, defective, new Cancellation()))
        .isInstanceOf(IllegalStateException.class);

    assertThat(posted).hasSize(1);
    assertThat(posted.get(0).at("/run/problems/0/code").asString()).isEqualTo("run.defect");
    assertThat(posted.get(0).toString()).contains("IllegalStateException").doesNotContain("4711");
  }

  @Test
  void anInterruptedRunIsToldToWhoAskedForIt() {
    webhook("\"cancelled\"");
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();

    scene.sync(r -> r, RunListener.NONE, cancellation);

    assertThat(posted).hasSize(1);
    assertThat(posted.get(0).at("/run/status").asString()).isEqualTo("CANCELLED");
  }

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void anAnswerThatNeverEndsIsNotWaitedFor() {
    server.createContext(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
        });
    address("http://127.0.0.1:" + server.getAddress().getPort() + "/endless");

    assertThat(sync().status()).isEqualTo(RunStatus.COMPLETED);

    assertThat(notices).isEmpty();
  }

  @Test
  void anEndThatNobodyAskedForIsNotTold() {
    webhook("\"failed\"");

    sync();

    assertThat(posted).isEmpty();
  }

  @Test
  void aRunInTheSandboxIsNobodysBusiness() {
    scene.sync(r -> r.inSandbox(Map.of("folder", folder.toString())));

    assertThat(posted).isEmpty();
  }

  @Test
  void aWebhookThatRefusesOrRedirectsIsANoticeWithoutItsAddressAndTheRunStands() {
    for (int status : new int[] {500, 307}) {
      answer = status;
      assertThat(sync().status()).isEqualTo(RunStatus.COMPLETED);
    }

    assertThat(posted).as("no redirect is followed").hasSize(2);
    assertThat(notices)
        .containsExactly(
            "notify.failed The notification 1 of the manifest was answered with HTTP 500.",
            "notify.failed The notification 1 of the manifest was answered with HTTP 307.");
  }

  @Test
  void aWebhookThatNobodyAnswersIsANotice() {
    server.stop(0);

    assertThat(sync().status()).isEqualTo(RunStatus.COMPLETED);

    assertThat(notices)
        .containsExactly(
            "notify.failed The notification 1 of the manifest did not arrive (ConnectException).");
  }

  @Test
  void anAddressThatIsNotSafeIsRefusedBeforeTheRun() {
    address("http://example.com/secret-path");

    assertThatThrownBy(this::sync)
        .isInstanceOfSatisfying(
            InvalidManifest.class,
            e ->
                assertThat(e.violations())
                    .extracting(Violation::pointer, Violation::code)
                    .containsExactly(tuple("/notify/0/webhook", "notify.address")));
    assertThat(scene.calls()).isEmpty();
  }

  @Test
  void whatIsWrongWithANotificationIsToldWhereItStands() {
    scene.with(
        "notify",
        "[{\"webhook\": \"https://example.com/x\"}, {}, {\"on\": [\"never\"], \"command\": [7]}]");

    assertThat(scene.ask(host -> host.validate(scene.manifestFile())).violations())
        .extracting(Violation::pointer, Violation::code)
        .containsExactly(
            tuple("/notify/0/webhook", "setting.secret-in-plain-text"),
            tuple("/notify/1", "manifest.notification"),
            tuple("/notify/2/on/0", "manifest.notification-on"),
            tuple("/notify/2/command", "manifest.notification-command"));
  }

  @Test
  void theNearestEndIsAskedFor() {
    scene.with("notify", "[{\"on\": [\"failed\", \"withhold\"], \"command\": [\"x\"]}]");

    assertThat(scene.ask(host -> host.validate(scene.manifestFile())).violations())
        .singleElement()
        .satisfies(
            v -> {
              assertThat(v.pointer()).isEqualTo("/notify/0/on/1");
              assertThat(v.message()).endsWith("Did you mean \"withheld\"?");
            });
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aCommandReadsTheReportAndOneThatFailsIsANotice() {
    scene.with(
        "notify",
        "[{\"on\": [\"completed\"], \"command\": [\"sh\", \"-c\","
            + " \"cat > told.json; echo $LANDFALL_STATUS $LANDFALL_SYNC > told.txt\"]},"
            + " {\"on\": [\"completed\"], \"command\": [\"sh\", \"-c\", \"exit 3\"]},"
            + " {\"on\": [\"completed\"], \"command\": [\"no-such-program\"]}]");

    RunReport report = sync();

    assertThat(folder.resolve("told.txt")).content().isEqualTo("COMPLETED members\n");
    assertThat(JsonMapper.shared().readTree(folder.resolve("told.json").toFile()).get("run"))
        .hasToString("\"" + report.run() + "\"");
    assertThat(notices)
        .containsExactly(
            "notify.failed The notification 2 of the manifest ended with the exit code 3.",
            "notify.failed The notification 3 of the manifest cannot be run: is no-such-program a"
                + " program?");
  }
}
