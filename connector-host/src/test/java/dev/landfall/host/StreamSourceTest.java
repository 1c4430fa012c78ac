package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.connector.settings.Violation;
import dev.landfall.host.history.KeptRun;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream of a source connector is read whole where the whole of it counts. */
class StreamSourceTest {

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void aStreamOfThreeFacts() {
    scene =
        Scene.in(folder).records("facts", "id").mode("mirror").budget(100, 10).stream(
            "facts", "1|10|2026-01-01T00:00:00.123Z", "2|20|", "3|30|");
  }

  @Test
  void rowsKeepTheTypesOfTheStream() {
    RunReport report = scene.sync();
    assertThat(report.source()).isEqualTo(new RunReport.Source(3, 3, 0, 0, 0));
    assertThat(scene.records())
        .containsExactly(
            "1: id='1' count=10 moment=2026-01-01T00:00:00.123Z",
            "2: id='2' count=20 moment=null",
            "3: id='3' count=30 moment=null");
    assertThat(scene.sync().adds().planned()).isZero();
  }

  @Test
  void whatLeftTheStreamIsDeleted() {
    scene.sync();
    scene.stream("facts", "1|10|2026-01-01T00:00:00.123Z");
    assertThat(scene.sync().removes().delivered()).isEqualTo(2);
  }

  @Test
  void aStreamCanBeAnAudience() {
    Scene audience = Scene.in(folder).named("members").stream("facts", "1|10|", "2|20|");
    assertThat(audience.sync().adds().delivered()).isEqualTo(2);
    assertThat(audience.members()).containsExactly("1", "2");
  }

  @Test
  void aQueryReadsTheStreamAndNothingElse() {
    scene.with(
        "source",
        """
        {"type": "connector", "connector": "almanac", "stream": "facts", "settings": {"folder": "."},
         "query": "select id, count * 2 as count from stream where count > 10"}""");
    assertThat(scene.sync().adds().delivered()).isEqualTo(2);
    assertThat(scene.records()).containsExactly("2: id='2' count=40", "3: id='3' count=60");
    scene.with(
        "source",
        """
        {"type": "connector", "connector": "almanac", "stream": "facts", "settings": {"folder": "."},
         "query": "select * from read_csv('audience.csv')"}""");
    assertThatThrownBy(() -> scene.sync())
        .hasMessageContaining("read_csv")
        .isInstanceOfSatisfying(
            HostException.class,
            e -> assertThat(e.problem().remedy()).contains("one SELECT over the table stream."));
  }

  @Test
  void whatIsNoRecordIsKeptAsideAndAMirrorDeletesNothingThatMayBeInIt() {
    scene.sync();
    scene.stream("facts", "1|11|", "2;20;", "3|30|");
    RunReport report = scene.sync();
    assertThat(report.status()).isEqualTo(RunStatus.WITHHELD);
    assertThat(report.adds().delivered()).isEqualTo(1);
    assertThat(report.removes().withheld()).isEqualTo(1);
    assertThat(report.source().malformed()).isEqualTo(1);
    assertThat(report.problems())
        .contains(new RunReport.Line("almanac.no-event", 1, "This is no event.", "Correct it."));
    assertThat(aside(report)).containsExactly("facts.txt:2 2;20; almanac.no-event");
    scene.sync(r -> r.approving(report.approval()));
    assertThat(scene.records()).hasSize(2);
  }

  private List<String> aside(RunReport report) {
    List<String> lines = new ArrayList<>();
    KeptRun.in(scene.syncFolder().resolve("runs")).stream()
        .filter(run -> run.id().equals(report.run()))
        .forEach(
            run ->
                run.aside(
                    a ->
                        lines.add(
                            a.origin() + ":" + a.position() + " " + a.raw() + " " + a.code())));
    return lines;
  }

  @Test
  void whatIsKeptAsideIsAFailureOfARunThatWritesOnly() {
    scene.mode("upsert").stream("facts", "1|10|", "nothing");
    assertThat(scene.sync().status()).isEqualTo(RunStatus.COMPLETED_WITH_FAILURES);
    assertThat(scene.sync().status()).isEqualTo(RunStatus.COMPLETED_WITH_FAILURES);
  }

  @Test
  void aStreamThatCannotBeReadToItsEndIsNoStreamAtAll() {
    scene.sync();
    scene.stream("facts", "1|10|", "2|20|", "!fails", "3|30|");
    assertThatThrownBy(() -> scene.sync()).hasMessage("The page is torn.");
    assertThat(scene.records()).hasSize(3);
  }

  @Test
  void aConnectorThatBreaksItsContractIsNamedAndNothingOfARowIsSaid() {
    scene.stream("facts", "!null");
    assertThatThrownBy(() -> scene.sync())
        .hasMessage("The source connector almanac returned null out of read.");
    scene.stream("facts", "!throws");
    assertThatThrownBy(() -> scene.sync())
        .hasMessageStartingWith(
            "The source connector almanac threw java.lang.IllegalStateException at ")
        .hasMessageNotContaining("of line")
        .hasNoCause();
    scene.stream("facts", "!other");
    assertThatThrownBy(() -> scene.sync())
        .hasMessage("The source connector almanac gave a row of another schema.");
  }

  @Test
  void whatTheConnectorTellsStandsInTheReport() {
    scene.stream("facts", "!tells", "1|1|");
    assertThat(scene.sync().notices())
        .contains(new RunReport.Notice("almanac.note", "There is a note."));
  }

  @Test
  void everythingThatIsWrongWithASourceIsSaidWithoutReadingIt() {
    scene.with(
        "source",
        """
        {"type": "connector", "connector": "almanach", "stream": "facts", "settings": {}}""");
    assertThat(violations())
        .containsExactly(
            "/source/connector There is no source connector \"almanach\". Did you mean \"almanac\"?"
                + " Installed: almanac.");
    scene.with(
        "source",
        """
        {"type": "connector", "connector": "almanac", "stream": "fact", "settings": {"batch": "x"}}""");
    assertThat(violations())
        .anyMatch(
            v ->
                v.startsWith(
                    "/source/stream Almanac has no stream \"fact\"; it has events, facts."))
        .anyMatch(v -> v.startsWith("/source/settings/folder "))
        .anyMatch(v -> v.startsWith("/source/settings/batch "));
    scene.stream("facts").records("facts", "idd");
    assertThat(violations())
        .singleElement()
        .asString()
        .startsWith(
            "/key/0 The key \"idd\" is filled by no column; the source has id, count, moment.");
    scene.records("facts", "id").with("mapping", "[{\"column\": \"idd\", \"field\": \"id\"}]");
    assertThat(violations()).singleElement().asString().startsWith("/mapping/0/column ");
  }

  private List<String> violations() {
    return scene.ask(
        host ->
            host.validate(scene.manifestFile()).violations().stream()
                .map((Violation v) -> v.pointer() + " " + v.message())
                .toList());
  }

  @Test
  void aCheckAsksTheSourceToo() {
    assertThat(items()).contains("almanac PASSED");
    scene.with(
        "source",
        """
        {"type": "connector", "connector": "almanac", "stream": "events",
         "settings": {"folder": "."}}""");
    assertThat(items()).contains("almanac FAILED");
  }

  private List<String> items() {
    return scene.ask(
        host ->
            host.check(RunRequest.of(scene.manifestFile())).items().stream()
                .map(item -> item.name() + " " + item.status())
                .toList());
  }
}
