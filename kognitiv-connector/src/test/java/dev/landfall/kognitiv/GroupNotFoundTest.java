package dev.landfall.kognitiv;

import static dev.landfall.kognitiv.Syncs.add;
import static dev.landfall.kognitiv.Syncs.remove;
import static dev.landfall.kognitiv.Syncs.said;
import static dev.landfall.kognitiv.Syncs.stop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.Context;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.kognitiv.ScriptedKognitiv.Scripted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupNotFoundTest {

  private static final String WITHOUT_REFERENCES = "{\"data\":[{\"id\":1,\"name\":\"VIP\"}]}";

  private final ScriptedKognitiv server = new ScriptedKognitiv();
  private final List<String> notices = new CopyOnWriteArrayList<>();
  private final DestinationSession session =
      Syncs.open(
          server.url(),
          "VIP",
          Map.of(),
          Context.builder().notices((code, message) -> notices.add(code)).build());

  GroupNotFoundTest() {
    server.onMember = call -> Scripted.status(404);
  }

  @AfterEach
  void close() {
    session.close();
    server.close();
  }

  @Test
  void a404OnAdditionIsAMemberThatIsNotThere() {
    server.onGroups = call -> ScriptedKognitiv.groups("OTHER", "VIP");

    assertThat(said(session.deliver(add("1", "2"))))
        .containsExactly(
            "Rejected kognitiv.member-not-found", "Rejected kognitiv.member-not-found");
    assertThat(server.groupCalls()).hasSize(1);
  }

  @Test
  void a404OnRemovalIsDeliveredOnceTheGroupIsListed() {
    server.onGroups = call -> ScriptedKognitiv.groups("VIP");

    assertThat(said(session.deliver(remove("1", "2"))))
        .containsExactly("Delivered UNCHANGED", "Delivered UNCHANGED");
    assertThat(server.groupCalls()).hasSize(1);
  }

  @Test
  void a410MeansWhatA404Means() {
    server.onGroups = call -> ScriptedKognitiv.groups("VIP");
    server.onMember = call -> Scripted.status(410);

    assertThat(said(session.deliver(remove("1")))).containsExactly("Delivered UNCHANGED");
  }

  @Test
  void a404OnRemovalIsDeliveredOnceACallOnAnotherMemberSucceeded() {
    server.onMember = call -> Scripted.status(call.path().endsWith("/1") ? 204 : 404);

    assertThat(said(session.deliver(remove("1", "2"))))
        .containsExactly("Delivered UNREPORTED", "Delivered UNCHANGED");
    assertThat(server.groupCalls()).isEmpty();
  }

  @Test
  void aSuccessThatContradictsItselfShowsNoGroup() {
    server.onMember =
        call ->
            call.path().endsWith("/1")
                ? Scripted.json(200, "{\"errors\":[1]}")
                : Scripted.status(404);

    assertThat(said(session.deliver(remove("1", "2"))))
        .containsExactly("Unknown kognitiv.answer-unusable", "Unknown kognitiv.group-not-seen");
  }

  @ParameterizedTest
  @EnumSource(
      value = ChangeKind.class,
      names = {"ADD", "REMOVE"})
  void aGroupThatIsNotListedStopsTheBatch(ChangeKind kind) {
    server.onGroups = call -> ScriptedKognitiv.groups("OTHER");

    BatchResult result = session.deliver(Syncs.batch(kind, "1", "2"));

    assertThat(said(result)).containsExactly("NotAttempted", "NotAttempted");
    assertThat(stop(result)).isEqualTo("kognitiv.group-not-found");
    assertThat(result.stop().kind()).isEqualTo(ProblemKind.TARGET_NOT_FOUND);
    assertThat(result.stop().message()).contains("VIP");
    assertThat(server.memberCalls()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"externalReference\":\"OTHER\"}]",
        "{\"data\":[]}",
        "{\"data\":[{\"externalReference\":\"OTHER\"}],\"links\":{\"next\":null},\"meta\":{\"count\":1}}",
        "{\"data\":[{\"externalReference\":\"OTHER\"}],\"links\":{\"next\":{}},\"meta\":{\"pageCount\":1}}"
      })
  void aListThatIsWholeAndLacksTheGroupStopsTheBatch(String list) {
    server.onGroups = call -> Scripted.json(200, list);

    assertThat(stop(session.deliver(remove("1")))).isEqualTo("kognitiv.group-not-found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"data\":{}}",
        "{\"data\":[{\"id\":1,\"name\":\"VIP\"}]}",
        "{\"data\":[{\"externalReference\":\"OTHER\"},{\"id\":2}]}",
        "{\"data\":[{\"externalReference\":\"vip\"}]}",
        "{\"data\":[{\"externalReference\":\"OTHER\"}],\"links\":{\"next\":\"/page/2\"}}",
        "{\"data\":[{\"externalReference\":\"OTHER\"}],\"links\":{\"next\":{\"href\":\"/page/2\"}}}",
        "{\"data\":[{\"externalReference\":\"OTHER\"}],\"meta\":{\"totalCount\":2}}",
        "{\"data\":[{\"externalReference\":\"OTHER\"}],\"meta\":{\"page\":{\"total\":101}}}",
        "{\"data\":[{\"externalReference\":\"OTHER\"}],\"meta\":{\"pageCount\":2}}",
        "{\"data\":[],\"errors\":[{\"code\":1}]}",
        "<html>"
      })
  void aListThatCannotTellLeavesRemovalsUnknownAndAdditionsRejected(String list) {
    server.onGroups = call -> Scripted.json(200, list);

    BatchResult removals = session.deliver(remove("1", "2"));

    assertThat(said(removals))
        .containsExactly("Unknown kognitiv.group-not-seen", "Unknown kognitiv.group-not-seen");
    assertThat(((Outcome.Unknown) removals.outcomes().get(0)).problem().kind())
        .isEqualTo(ProblemKind.TARGET_NOT_FOUND);
    assertThat(said(session.deliver(add("3"))))
        .containsExactly("Rejected kognitiv.member-or-group-not-found");
    assertThat(server.groupCalls()).hasSize(1);
    assertThat(notices).containsExactly("kognitiv.group-not-verified");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 405})
  void aListThatIsForbiddenOrMissingIsAskedOnce(int status) {
    server.onGroups = call -> Scripted.status(status);

    assertThat(said(session.deliver(remove("1", "2", "3"))))
        .containsOnly("Unknown kognitiv.group-not-seen");
    assertThat(server.groupCalls()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"errors\":[{\"title\":\"Not Found\",\"detail\":\"Group external reference VIP not found.\"}]}",
        "{\"errors\":[{\"code\":\"PROMOTIONAL_MEMBER_GROUP_NOT_FOUND\"}]}",
        "{\"message\":\"The promotional member group 'VIP' does not exist\"}",
        "Unknown group"
      })
  void whereTheListCannotTellTheMessageCanSayThatTheGroupIsMissing(String body) {
    server.onMember = call -> Scripted.json(404, body);
    for (Scripted list : List.of(Scripted.status(403), Scripted.json(200, WITHOUT_REFERENCES))) {
      server.onGroups = call -> list;
      for (ChangeKind kind : List.of(ChangeKind.ADD, ChangeKind.REMOVE)) {
        try (DestinationSession fresh = Syncs.open(server.url())) {
          BatchResult result = fresh.deliver(Syncs.batch(kind, "1", "2"));

          assertThat(said(result)).containsExactly("NotAttempted", "NotAttempted");
          assertThat(stop(result)).isEqualTo("kognitiv.group-not-found");
        }
      }
    }
    assertThat(server.groupCalls()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"errors\":[{\"detail\":\"Member 1 was not found in group VIP.\"}]}",
        "{\"errors\":[{\"code\":\"MEMBER_NOT_FOUND\"}]}",
        "{\"message\":\"Member 1 of group not found\"}",
        "<html>Group not found</html>",
        "No HTTP resource was found"
      })
  void aMessageAboutTheMemberStopsNothing(String body) {
    server.onMember = call -> Scripted.json(404, body);

    assertThat(said(session.deliver(remove("1"))))
        .containsExactly("Unknown kognitiv.group-not-seen");
    assertThat(said(session.deliver(add("1"))))
        .containsExactly("Rejected kognitiv.member-or-group-not-found");
  }

  @Test
  void theListIsBelievedBeforeTheMessage() {
    server.onGroups = call -> ScriptedKognitiv.groups("VIP");
    server.onMember = call -> Scripted.json(404, "{\"message\":\"Group not found\"}");

    assertThat(said(session.deliver(remove("1")))).containsExactly("Delivered UNCHANGED");
  }

  @Test
  void after100NotFoundInARowTheGroupIsAskedForAgain() {
    server.onGroups = call -> ScriptedKognitiv.groups("VIP");
    session.deliver(add("0"));
    assertThat(server.groupCalls()).hasSize(1);
    server.onGroups = call -> ScriptedKognitiv.groups("OTHER");

    BatchResult first = session.deliver(add(ids(1, 100)));
    assertThat(said(first)).startsWith("Rejected kognitiv.member-not-found");
    assertThat(said(first).subList(0, 99)).containsOnly("Rejected kognitiv.member-not-found");
    assertThat(said(first).get(99)).isEqualTo("NotAttempted");
    assertThat(stop(first)).isEqualTo("kognitiv.group-not-found");
    assertThat(server.groupCalls()).hasSize(2);
  }

  @Test
  void aSuccessInBetweenStartsTheCountAnew() {
    server.onGroups = call -> ScriptedKognitiv.groups("VIP");
    server.onMember = call -> Scripted.status(call.path().endsWith("/0") ? 204 : 404);

    session.deliver(add("x"));
    session.deliver(add(ids(1, 99)));
    session.deliver(add("0"));
    session.deliver(add(ids(1, 99)));

    assertThat(server.groupCalls()).hasSize(1);
  }

  @Test
  void manyThreadsThatFindNoMemberAskForTheGroupOnce() throws Exception {
    int threads = 64;
    server.onGroups = call -> ScriptedKognitiv.groups("VIP");
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CyclicBarrier together = new CyclicBarrier(threads);
    try {
      List<Future<List<String>>> said = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String id = String.valueOf(t);
        said.add(
            pool.submit(
                () -> {
                  together.await(30, TimeUnit.SECONDS);
                  return said(session.deliver(remove(id)));
                }));
      }
      for (Future<List<String>> outcome : said) {
        assertThat(outcome.get(60, TimeUnit.SECONDS)).containsExactly("Delivered UNCHANGED");
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(server.groupCalls()).hasSize(1);
  }

  @Test
  void aListThatGaveNoAnswerIsAskedAgainSoon() {
    server.onGroups = call -> Scripted.status(503);
    session.deliver(remove("1"));
    server.onGroups = call -> ScriptedKognitiv.groups("VIP");

    assertThat(said(session.deliver(remove(ids(1, 11)))))
        .startsWith("Unknown kognitiv.group-not-seen")
        .endsWith("Delivered UNCHANGED");
    assertThat(server.groupCalls()).hasSize(2);
  }

  private static String[] ids(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(String::valueOf).toArray(String[]::new);
  }
}
