package dev.landfall.testkit.conformance;

import dev.landfall.testkit.scenario.Scenarios;
import dev.landfall.testkit.scenario.SourceScenarios;
import dev.landfall.testkit.stage.Candidate;
import dev.landfall.testkit.stage.Finding;
import dev.landfall.testkit.stage.SourceStage;
import dev.landfall.testkit.stage.SourceSubject;
import dev.landfall.testkit.stage.Stage;
import dev.landfall.testkit.stage.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A stage as the engine sees it, whatever is tried on it. */
interface Scene extends AutoCloseable {

  /**
   * Sets the stage that a candidate needs, and takes it down, each within some times the limit: a
   * sandbox, too, may never come to an end.
   *
   * @throws Throwable what the kit or the sandbox threw; {@link Soon.Blocked} if it took too long
   */
  static Scene within(Duration limit, Candidate candidate, Path folder, long chance)
      throws Throwable {
    // Threads that a sandbox starts are none of the connector's.
    ThreadGroup group = new ThreadGroup("sandbox");
    // The making of a connector has a limit of its own, which must come first.
    Duration patience = limit.multipliedBy(6);
    Scene scene = Soon.or(patience, group, () -> of(candidate, folder, chance));
    return new Limited(scene, patience, group);
  }

  private static Scene of(Candidate candidate, Path folder, long chance) {
    return candidate instanceof SourceSubject source
        ? new OfSource(new SourceStage(source, folder, chance))
        : new OfDestination(new Stage((Subject) candidate, folder, chance));
  }

  /** Plays the scenario of a rule; throws {@code Violated} if the rule is broken. */
  void play(String rule) throws Exception;

  /** Whether what a rule may need is there. */
  boolean has(Capability capability);

  /** Has the guard look once more at what it can look at from outside. */
  void lookAgain();

  /** Lets go of whoever waits for the system. */
  void release();

  List<Finding> findings();

  String given();

  List<String> trace();

  @Override
  void close();

  /** One that ends in time. */
  record Limited(Scene scene, Duration limit, ThreadGroup group) implements Scene {
    @Override
    public void play(String rule) throws Exception {
      scene.play(rule);
    }

    @Override
    public boolean has(Capability capability) {
      return scene.has(capability);
    }

    @Override
    public void lookAgain() {
      soon(scene::lookAgain);
    }

    @Override
    public void release() {
      scene.release();
    }

    @Override
    public List<Finding> findings() {
      return scene.findings();
    }

    @Override
    public String given() {
      return scene.given();
    }

    @Override
    public List<String> trace() {
      return scene.trace();
    }

    @Override
    public void close() {
      soon(scene::close);
    }

    private void soon(Runnable step) {
      try {
        boolean unused =
            Soon.or(
                limit,
                group,
                () -> {
                  step.run();
                  return true;
                });
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A destination's. */
  record OfDestination(Stage stage) implements Scene {
    @Override
    public void play(String rule) throws Exception {
      Scenarios.of(rule).play().on(stage);
    }

    @Override
    public boolean has(Capability capability) {
      return capability.on(stage);
    }

    @Override
    public void lookAgain() {
      stage.readBack();
    }

    @Override
    public void release() {
      stage.faults().clear();
    }

    @Override
    public List<Finding> findings() {
      return stage.findings();
    }

    @Override
    public String given() {
      return stage.given();
    }

    @Override
    public List<String> trace() {
      return stage.trace();
    }

    @Override
    public void close() {
      stage.close();
    }
  }

  /** A source's. */
  record OfSource(SourceStage stage) implements Scene {
    @Override
    public void play(String rule) throws Exception {
      SourceScenarios.of(rule).play().on(stage);
    }

    @Override
    public boolean has(Capability capability) {
      return capability.on(stage);
    }

    @Override
    public void lookAgain() {
      // All that a source does is seen while it reads.
    }

    @Override
    public void release() {
      // The system ends with the stage, and whoever waits for it then.
    }

    @Override
    public List<Finding> findings() {
      return stage.findings();
    }

    @Override
    public String given() {
      return stage.given();
    }

    @Override
    public List<String> trace() {
      return stage.trace();
    }

    @Override
    public void close() {
      stage.close();
    }
  }
}
