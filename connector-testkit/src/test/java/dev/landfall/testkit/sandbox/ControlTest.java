package dev.landfall.testkit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ControlTest {

  @TempDir Path folder;
  private Mailbox sandbox;
  private Wire wire;

  @BeforeEach
  void start() {
    sandbox = new Mailbox(SandboxRequest.in(folder));
    wire = new Wire(sandbox.address());
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private int inject(String json) throws IOException {
    return wire.status("POST", "/__sandbox/faults", json);
  }

  @Test
  void theStateIsToldInJson() throws IOException {
    wire.send("POST", "/join/vip", "7\n8");
    assertThat(wire.send("GET", "/__sandbox/state", ""))
        .endsWith(
            "{\"groups\":{\"vip\":{\"size\":2,\"members\":[\"7\",\"8\"]}},\"calls\":{\"join\":1},"
                + "\"mostInFlight\":1,\"struck\":0,\"pendingLate\":0}");
    assertThat(wire.send("GET", "/__sandbox/state?members=no", ""))
        .contains("{\"vip\":{\"size\":2}}");
  }

  @Test
  void faultsAreInjectedAndTakenBackOverHttp() throws IOException {
    assertThat(
            inject(
                "{\"symptom\":\"answer\",\"status\":503,\"retryAfter\":\"2\",\"applied\":\"first\","
                    + "\"calls\":[\"join\"],\"records\":[\"7\"]}"))
        .isEqualTo(204);
    assertThat(wire.send("POST", "/join/vip", "7"))
        .startsWith("HTTP/1.1 503")
        .contains("Retry-After: 2\r\n");
    assertThat(wire.status("POST", "/join/vip", "8")).isEqualTo(200);
    assertThat(sandbox.state().members("vip")).containsExactly("7", "8");

    assertThat(wire.status("DELETE", "/__sandbox/faults", "")).isEqualTo(204);
    assertThat(wire.status("POST", "/join/vip", "7")).isEqualTo(200);
  }

  @Test
  void lateChangesAreAppliedOverHttp() throws IOException {
    inject("[{\"symptom\":\"cut\",\"applied\":\"late\",\"times\":1}]");
    assertThatIOException().isThrownBy(() -> wire.send("POST", "/join/vip", "7"));
    assertThat(sandbox.state().members("vip")).isEmpty();
    assertThat(wire.send("POST", "/__sandbox/late", "")).endsWith("{\"applied\":1}");
    assertThat(sandbox.state().members("vip")).containsExactly("7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"symptom\":\"html\",\"applied\":\"never\"}",
        "{\"symptom\":\"errors\",\"applied\":\"never\"}",
        "{\"symptom\":\"truncated\",\"applied\":\"first\"}",
        "{\"symptom\":\"redirect\",\"location\":\"http://127.0.0.1:9/\",\"applied\":\"never\"}",
        "{\"symptom\":\"cut\",\"applied\":\"late\",\"lateAfter\":\"PT5S\"}",
        "{\"symptom\":\"broken-body\",\"applied\":\"first\"}",
        "{\"symptom\":\"silence\",\"applied\":\"never\",\"probability\":0.5,\"seed\":7}",
        "{\"symptom\":\"drip\",\"over\":\"PT1S\",\"applied\":\"never\",\"latency\":\"PT0.1S\"}",
        "{\"symptom\":\"slow\",\"latency\":\"PT1S\",\"times\":3}",
        "{\"symptom\":\"answer\",\"status\":429,\"applied\":\"never\",\"beyond\":16}"
      })
  void everySymptomCanBeWritten(String json) throws IOException {
    assertThat(inject(json)).isEqualTo(204);
    assertThat(sandbox.faults().inForce()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                                          | The body is no JSON.",
        "7                                                          | It must be an object.",
        "{\"symptom\":\"cut\"}                                      | /applied is required.",
        "{\"symptom\":\"cut\",\"applied\":\"maybe\"}                | /applied must be first,",
        "{\"symptom\":\"boom\",\"applied\":\"never\"}               | /symptom is none of",
        "{\"symptom\":\"slow\"}                                     | /latency is required.",
        "{\"symptom\":\"drip\",\"applied\":\"never\"}               | /over is required.",
        "{\"symptom\":\"answer\",\"applied\":\"never\"}             | /status is required.",
        "{\"symptom\":\"redirect\",\"applied\":\"never\"}           | /location is required.",
        "{\"symptom\":\"cut\",\"applied\":\"never\",\"times\":0}    | /times must be at least 1.",
        "{\"symptom\":\"cut\",\"applied\":\"never\",\"beyond\":0}   | /beyond must be at least 1.",
        "{\"symptom\":\"cut\",\"applied\":\"never\",\"latency\":1}  | /latency must be a text.",
        "{\"symptom\":\"cut\",\"applied\":\"never\",\"lateAfter\":\"PT1S\"} | /lateAfter has a",
        "{\"symptom\":\"slow\",\"latency\":\"soon\"}                | /latency must be an ISO 8601",
        "{\"symptom\":\"cut\",\"applied\":\"never\",\"call\":[]}    | /call is not known here.",
        "[{\"symptom\":\"cut\",\"applied\":\"never\"},{}]           | /1/symptom is required.",
      })
  void aFaultThatIsWrittenWrongSaysWhereAndNoneIsPutInForce(String json, String violation)
      throws IOException {
    assertThat(wire.send("POST", "/__sandbox/faults", json))
        .startsWith("HTTP/1.1 400")
        .contains(violation);
    assertThat(sandbox.faults().inForce()).isEmpty();
  }

  @Test
  void controlsAreNeverCountedNorStruck() throws IOException {
    sandbox.faults().inject(Fault.cut().notApplied());
    assertThat(wire.status("GET", "/__sandbox/state", "")).isEqualTo(200);
    assertThat(wire.status("GET", "/__sandbox/else", "")).isEqualTo(404);
    assertThat(sandbox.state().calls()).isEmpty();
  }

  @Test
  void theServersOwnAdministrationIsOutOfReach() throws IOException {
    assertThat(wire.status("GET", "/__admin/mappings", "")).isEqualTo(404);
    assertThat(wire.status("POST", "/__admin/shutdown", "")).isEqualTo(404);
    assertThat(sandbox.state().calls("other")).isEqualTo(2);
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    int port = sandbox.address().getPort();
    assertThatIllegalStateException()
        .isThrownBy(
            () -> new Mailbox(SandboxRequest.in(folder.resolve("second")).withPort(port)).close())
        .withMessageContaining("port " + port);
  }
}
