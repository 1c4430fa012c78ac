package dev.landfall.testkit.conformance;

import dev.landfall.testkit.stage.Candidate;
import dev.landfall.testkit.stage.Finding;
import dev.landfall.testkit.stage.Thrown;
import dev.landfall.testkit.stage.Violated;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One scenario on its stage, in a thread of its own, for as long as it may take. */
final class Performance {

  private final String rule;
  private final Duration limit;
  private final List<Finding> findings = new ArrayList<>();
  private Duration took = Duration.ZERO;
  private @Nullable String error;

  Performance(String rule, Duration limit) {
    this.rule = rule;
    this.limit = limit;
  }

  Performance on(Candidate candidate, Path folder, long chance) {
    long begun = System.nanoTime();
    try (Scene scene = Scene.within(limit, candidate, folder, chance)) {
      play(scene);
      // For the last time, before the stage closes.
      scene.lookAgain();
      scene.findings().stream().filter(f -> known(f.rule())).forEach(findings::add);
    } catch (Making.Failed e) {
      findings.add(
          new Finding(rule, "the connector was to be made", e.expected(), e.actual(), List.of()));
    } catch (Throwable e) {
      Thrown.unlessFatal(e);
      error = failed(e);
    }
    took = Duration.ofNanos(System.nanoTime() - begun);
    return this;
  }

  private boolean known(String other) {
    return findings.stream().noneMatch(f -> f.rule().equals(other));
  }

  private void play(Scene scene) throws InterruptedException {
    // Threads that the connector starts join the group of the thread that called it.
    ThreadGroup group = new ThreadGroup("scenario " + rule);
    try {
      boolean unused =
          Soon.or(
              limit,
              group,
              () -> {
                scene.play(rule);
                return true;
              });
    } catch (Soon.Blocked e) {
      scene.release();
      findings.add(
          finding(
              scene,
              "an end within " + limit.toSeconds() + " seconds",
              "it was still at " + e.getMessage()));
    } catch (Violated e) {
      findings.add(first(scene).orElseGet(() -> finding(scene, e.expected(), e.actual())));
    } catch (Making.Failed e) {
      findings.add(finding(scene, e.expected(), e.actual()));
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      Thrown.unlessFatal(e);
      error = "The scenario failed: " + words(e);
    }
  }

  /** What the guard found of the same rule counts: what the scenario says is its consequence. */
  private Optional<Finding> first(Scene scene) {
    return scene.findings().stream().filter(found -> found.rule().equals(rule)).findFirst();
  }

  private Finding finding(Scene scene, String expected, String actual) {
    return new Finding(rule, scene.given(), expected, actual, scene.trace());
  }

  static String failed(Throwable e) {
    return "The kit failed: " + words(e);
  }

  static String words(Throwable e) {
    StackTraceElement[] frames = e.getStackTrace();
    return e + (frames.length == 0 ? "" : " at " + frames[0]);
  }

  /** Broken rules, the scenario's own among them. */
  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** What failed in the kit, or null. */
  @Nullable String error() {
    return error;
  }

  Duration took() {
    return took;
  }
}
