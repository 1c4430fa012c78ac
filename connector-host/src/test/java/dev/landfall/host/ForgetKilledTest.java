package dev.landfall.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever is killed while it erases leaves everything readable, and asking again erases the rest.
 */
@Timeout(180)
class ForgetKilledTest {

  private static final String WHO = "7004711";
  private static final List<String> OTHERS = List.of("1", "2", "3", "5");

  @TempDir Path folder;
  private Scene scene;
  private Scene second;

  /** Forgets a member: plugins, state, member. */
  public static void main(String[] args) {
    try (Host host =
        Host.builder(Path.of(args[0]), Path.of(args[1])).memoryMegabytes(128).build()) {
      host.forget(args[2], null, false);
    }
  }

  @Test
  void anErasureThatIsKilledAnywhereIsFinishedByTheNext() throws Exception {
    remember();
    Path before = folder.resolve("before");
    copy(scene.state(), before);
    List<String> known = known();
    int all = naming();
    assertThat(all).isGreaterThan(12);

    int killed = 0;
    for (int left : IntStream.range(0, all).filter(i -> i % 4 == 1).toArray()) {
      delete(scene.state());
      copy(before, scene.state());
      killed += kill(left) ? 1 : 0;

      assertThat(known()).as("with %d files left", left).isEqualTo(known);
      assertThat(scene.ask(host -> host.past(false).history(null, 20)).unreadable()).isEmpty();
      scene.ask(host -> host.forget(WHO, null, false));
      assertThat(naming()).as("with %d files left before", left).isZero();
      assertThat(known()).isEqualTo(known);
    }
    assertThat(killed).as("erasures that were killed in the middle").isGreaterThan(1);
    assertThat(scene.callsOf(scene::sync)).containsExactly("ADD vip " + WHO);
  }

  /** Two syncs whose ledgers, runs and plans name the member. */
  private void remember() {
    scene = Scene.in(folder).audience("1", "2", "3", WHO, "5").budget(100, 1_000);
    second = scene.another("others").group("gold");
    for (Scene one : List.of(scene, second)) {
      one.sync();
      one.audience("1", "2", "3", "5").sync();
      one.answer(WHO, "rejected").audience("1", "2", "3", WHO, "5").sync();
      one.answerAll().sync(RunRequest::retryingRejected);
      one.plan(RunRequest::full);
    }
  }

  /**
   * Begins to erase in another process, which is killed as soon as so few files name the member.
   *
   * @return whether it was killed in the middle
   */
  private boolean kill(int left) throws Exception {
    Process process =
        RunElsewhere.start(
            ForgetKilledTest.class,
            List.of(scene.plugins().toString(), scene.state().toString(), WHO));
    while (process.isAlive() && naming() > left) {
      Thread.onSpinWait();
    }
    process.destroyForcibly().waitFor();
    int now = naming();
    return now > 0 && now <= left;
  }

  private List<String> known() {
    return Stream.of(scene, second)
        .flatMap(one -> OTHERS.stream().map(m -> known(one, m)))
        .toList();
  }

  private static String known(Scene one, String member) {
    WhyReport why = one.ask(host -> host.why(one.name(), member, false));
    return why.ledger() + " " + why.rejections() + " " + why.attempts() + " " + why.next();
  }

  /** How many files under the state folder hold the id's bytes. */
  private int naming() {
    try (Stream<Path> files = Files.walk(scene.state())) {
      return (int) files.filter(Files::isRegularFile).filter(ForgetKilledTest::names).count();
    } catch (IOException | UncheckedIOException e) {
      // One was replaced while this looked.
      return Integer.MAX_VALUE;
    }
  }

  private static boolean names(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).contains(WHO);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
