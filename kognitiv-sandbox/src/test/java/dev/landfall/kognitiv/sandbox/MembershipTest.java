package dev.landfall.kognitiv.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.landfall.kognitiv.sandbox.Directory.Standing;
import dev.landfall.testkit.sandbox.Fault;
import dev.landfall.testkit.sandbox.Sandbox;
import dev.landfall.testkit.sandbox.SandboxProvider;
import dev.landfall.testkit.sandbox.SandboxRequest;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MembershipTest {

  private static final String VIP = "VIP-2026";

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
                .withTarget(Map.of("groupExternalReference", VIP)));
    caller = new Caller(sandbox.address()).signedIn();
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private static void is(HttpResponse<String> answer, int status, String saying) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(saying);
  }

  @Test
  void aMemberIsAddedAndRemoved() {
    is(caller.add(VIP, "12345"), 204, "");
    assertThat(sandbox.members(VIP)).containsExactly("12345");
    is(caller.remove(VIP, "12345"), 204, "");
    assertThat(sandbox.members(VIP)).isEmpty();
    assertThat(sandbox.state().calls())
        .containsExactlyInAnyOrderEntriesOf(Map.of("add", 1L, "remove", 1L, "token", 1L));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7999999999, 7999999999", "0000012, 12", "00000000000000000012, 12"})
  void anIdOfUpToTenDigitsIsAnActiveMember(String id, String canonical) {
    is(caller.add(VIP, id), 204, "");
    assertThat(sandbox.members(VIP)).containsExactly(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "9000000000, 404, Member not found",
    "9999999999, 404, Member not found",
    "0, 404, Member not found",
    "8000000000, 422, Inactive",
    "8999999999, 422, Inactive",
    "10000000000, 400, Invalid member internal id",
    "abc, 400, Invalid member internal id",
    "-1, 400, Invalid member internal id",
    "+1, 400, Invalid member internal id",
    "1.0, 400, Invalid member internal id",
    "' 1', 400, Invalid member internal id",
    "a@b.example, 400, Invalid member internal id",
    "١٢, 400, Invalid member internal id",
    "%31, 400, Invalid member internal id",
    "12/3, 400, Invalid member internal id",
  })
  void anyOtherIdIsRefusedByTheRule(String id, int status, String saying) {
    is(caller.add(VIP, id), status, saying);
    assertThat(sandbox.members(VIP)).isEmpty();
  }

  @Test
  void aTestMaySayOtherwiseOfSingleMembers() {
    sandbox.directory().put("007", Standing.MISSING);
    sandbox.directory().put("8", Standing.SUSPENDED);
    sandbox.directory().put("9000000001", Standing.ACTIVE);
    is(caller.add(VIP, "7"), 404, "Member not found");
    is(caller.add(VIP, "8"), 422, "Inactive");
    is(caller.add(VIP, "9000000001"), 204, "");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sandbox.directory().put("abc", Standing.ACTIVE));
  }

  @Test
  void aDeletedMemberLeavesItsGroupsAndIsNotFound() {
    caller.add(VIP, "7");
    sandbox.delete("007");
    assertThat(sandbox.members(VIP)).isEmpty();
    is(caller.remove(VIP, "7"), 404, "Member not found");
  }

  @Test
  void aSuspendedMemberCanLeaveUnlessTheSwitchSaysNo() {
    caller.add(VIP, "7");
    sandbox.directory().put("7", Standing.SUSPENDED);
    sandbox.switches().suspendedStay(true);
    is(caller.remove(VIP, "7"), 422, "Inactive");
    assertThat(sandbox.members(VIP)).containsExactly("7");
    sandbox.switches().suspendedStay(false);
    is(caller.remove(VIP, "7"), 204, "");
    assertThat(sandbox.members(VIP)).isEmpty();
  }

  @Test
  void aRepeatedAddSucceedsOrConflicts() {
    caller.add(VIP, "7");
    is(caller.add(VIP, "07"), 204, "");
    sandbox.switches().repeatedAddConflicts(true);
    is(caller.add(VIP, "7"), 409, "already a member");
    is(caller.add(VIP, "8"), 204, "");
  }

  @Test
  void removingWhoIsNotThereIsNotFoundOrASuccess() {
    is(caller.remove(VIP, "7"), 404, "Member not found in the promotional member group");
    sandbox.switches().removeOfNonMemberSucceeds(true);
    is(caller.remove(VIP, "7"), 204, "");
  }

  @Test
  void aGroupThatDoesNotExistIsNotFoundInItsOwnWordsUnlessTheyAreAlike() {
    is(caller.add("VIP", "7"), 404, "Group external reference not found");
    is(caller.remove("VIP", "7"), 404, "Group external reference not found");
    sandbox.switches().notFoundAlike(true);
    assertThat(caller.add("VIP", "7").body()).isEqualTo(caller.add(VIP, "9000000000").body());
    sandbox.state().removeGroup(VIP);
    is(caller.add(VIP, "7"), 404, "Not found");
  }

  @Test
  void aSuccessMayHaveABody() {
    sandbox.switches().bodies(true);
    HttpResponse<String> answer = caller.add(VIP, "7");
    is(answer, 200, "\"data\":[]");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a b", "%2F", "a;b=c", "é ü", "?x#y", "a+b", "..."})
  void aGroupMayHaveAnAwkwardReference(String reference) {
    sandbox.state().createGroup(reference);
    is(caller.add(reference, "7"), 204, "");
    assertThat(sandbox.members(reference)).containsExactly("7");
    assertThat(sandbox.members(VIP)).isEmpty();
  }

  @Test
  void theListNamesEachGroupAndItsReferenceUnlessItIsHidden() {
    sandbox.state().createGroup("second");
    is(caller.groups(), 200, "\"externalReference\":\"VIP-2026\"");
    assertThat(caller.groups().body())
        .startsWith("{\"data\":[{\"id\":1,\"name\":\"VIP-2026\",")
        .contains("\"externalReference\":\"second\"", "\"meta\":{\"count\":2}", "\"links\"");
    sandbox.switches().referencesHidden(true);
    assertThat(caller.groups().body()).doesNotContain("externalReference");
  }

  @ParameterizedTest
  @ValueSource(strings = {KognitivSandbox.LIST, KognitivSandbox.ADD, KognitivSandbox.REMOVE})
  void eachDirectionHasItsOwnPermission(String forbidden) {
    sandbox.state().add(VIP, "8");
    sandbox.switches().permit(forbidden, false);
    assertThat(caller.groups().statusCode())
        .isEqualTo(forbidden.equals(KognitivSandbox.LIST) ? 403 : 200);
    assertThat(caller.add(VIP, "7").statusCode())
        .isEqualTo(forbidden.equals(KognitivSandbox.ADD) ? 403 : 204);
    assertThat(caller.remove(VIP, "8").statusCode())
        .isEqualTo(forbidden.equals(KognitivSandbox.REMOVE) ? 403 : 204);
    sandbox.switches().permit(forbidden, true);
    assertThat(caller.add(VIP, "7").statusCode()).isEqualTo(204);
  }

  @Test
  void overItsCapacityTheApiAsksToWaitASecond() {
    sandbox.switches().capacity(2);
    List<Integer> statuses =
        IntStream.rangeClosed(1, 3).mapToObj(i -> caller.add(VIP, "" + i).statusCode()).toList();
    assertThat(statuses).containsExactly(204, 204, 429);
    assertThat(caller.add(VIP, "3").headers().firstValue("Retry-After")).contains("1");
    time.pass(Duration.ofSeconds(1));
    assertThat(caller.add(VIP, "3").statusCode()).isEqualTo(204);
    assertThat(sandbox.members(VIP)).containsExactly("1", "2", "3");
  }

  @Test
  void aFaultIsAimedAtAMemberWhateverItsSpelling() {
    sandbox.faults().inject(Fault.answering(503).applied().onCalls("add").onRecords("7"));
    is(caller.add(VIP, "8"), 204, "");
    is(caller.add(VIP, "007"), 503, "errors");
    assertThat(sandbox.members(VIP)).containsExactly("7", "8");
  }

  @Test
  void aRefusedCallIsNotAppliedLate() {
    sandbox.faults().inject(Fault.cut().appliedLate().onCalls("add"));
    caller.withToken("invented");
    assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> caller.add(VIP, "7"));
    assertThat(sandbox.faults().applyLate()).isPositive();
    assertThat(sandbox.members(VIP)).isEmpty();
  }

  @Test
  void aRemoveThatIsGivenUpTakesEffectLaterThanTheAddAfterIt() {
    sandbox.state().add(VIP, "7");
    sandbox.faults().inject(Fault.answering(500).appliedLate().onCalls("remove").times(1));
    is(caller.remove(VIP, "7"), 500, "");
    is(caller.add(VIP, "7"), 204, "");
    assertThat(sandbox.faults().applyLate()).isEqualTo(1);
    assertThat(sandbox.members(VIP)).isEmpty();
  }

  @Test
  void theProviderIsFoundAndStartsIt() {
    SandboxProvider provider = ServiceLoader.load(SandboxProvider.class).findFirst().orElseThrow();
    assertThat(provider.connector()).isEqualTo("kognitiv");
    try (Sandbox started = provider.start(SandboxRequest.in(folder.resolve("other")))) {
      assertThat(started).isInstanceOf(KognitivSandbox.class);
      assertThat(started.address().getHost()).isEqualTo("127.0.0.1");
      assertThat(started.state().groups()).isEmpty();
    }
  }

  @Test
  void aGroupReferenceThatIsNoTextIsRefused() {
    SandboxRequest request =
        SandboxRequest.in(folder.resolve("other")).withTarget(Map.of("groupExternalReference", 7));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KognitivSandbox.start(request).close())
        .withMessageContaining("groupExternalReference");
  }
}
