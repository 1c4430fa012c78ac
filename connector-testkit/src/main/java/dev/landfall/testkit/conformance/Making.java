package dev.landfall.testkit.conformance;

import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.Source;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.testkit.stage.Candidate;
import dev.landfall.testkit.stage.SourceSubject;
import dev.landfall.testkit.stage.Subject;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** Making connectors that may throw, or block, where they must do neither. */
final class Making {

  private static final String EXPECTED =
      "a connector that can be made, with a descriptor, within a moment";

  /** A connector cannot be made. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failed(String actual) {
      super(actual, null, false, false);
    }

    String expected() {
      return EXPECTED;
    }

    String actual() {
      return String.valueOf(getMessage());
    }
  }

  /** What a connector is called. */
  record Identity(String id, String version) {}

  private Making() {}

  /** The rule that is broken by what cannot be made. */
  static String rule(Candidate candidate) {
    return candidate instanceof SourceSubject ? "S-1.9" : "D-1.7";
  }

  /** Makes one to see what it is called. */
  static Identity identity(Candidate candidate) {
    if (candidate instanceof SourceSubject source) {
      SourceDescriptor descriptor = source.source().get().descriptor();
      return new Identity(descriptor.id(), descriptor.version());
    }
    DestinationDescriptor descriptor = ((Subject) candidate).destination().get().descriptor();
    return new Identity(descriptor.id(), descriptor.version());
  }

  /** What is known of one that cannot be made: its system is there for it. */
  static Identity supposed(Candidate candidate) {
    return new Identity(
        candidate instanceof SourceSubject source
            ? source.system().connector()
            : ((Subject) candidate).sandbox().connector(),
        "unknown");
  }

  /** The same candidate, whose making ends in time, if it has to be with a failure. */
  static Candidate guarded(Candidate candidate, Duration limit) {
    if (candidate instanceof SourceSubject source) {
      return new SourceSubject(
          () -> make(source.source(), Source::descriptor, limit),
          source.system(),
          source.plugin(),
          source.logs());
    }
    Subject subject = (Subject) candidate;
    return new Subject(
        () -> make(subject.destination(), Destination::descriptor, limit),
        subject.sandbox(),
        subject.plugin(),
        subject.logs());
  }

  private static <C> C make(Supplier<C> maker, Function<C, ?> descriptor, Duration limit) {
    // Threads that it starts join the group of who asked for it, where they are looked for.
    ThreadGroup group = Objects.requireNonNull(Thread.currentThread().getThreadGroup());
    try {
      return Soon.or(
          limit,
          group,
          () -> {
            C made = maker.get();
            if (descriptor.apply(made) == null) {
              throw new Failed("descriptor() gave null");
            }
            return made;
          });
    } catch (Failed e) {
      throw e;
    } catch (Soon.Blocked e) {
      throw new Failed("after " + limit.toSeconds() + " seconds it was still at " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failed("it was interrupted");
    } catch (Throwable e) {
      // It was told nothing yet, so that its message holds nothing that is not to be shown.
      throw new Failed("there was a " + Performance.words(e));
    }
  }
}
