package dev.landfall.testkit.source;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.Source;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.SourceReader;
import dev.landfall.connector.SourceRequest;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.testkit.sandbox.SourceTestbedProvider;
import dev.landfall.testkit.stage.SourceSubject;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A golden source with one thing wrong.
 *
 * @param name what it does
 * @param phrase what the finding of the first rule says, in part
 * @param breaks every rule it breaks, the one it was written for first
 * @param source makes it
 * @param system its system
 */
public record SourceSaboteur(
    String name,
    String phrase,
    List<String> breaks,
    Supplier<Source> source,
    SourceTestbedProvider system) {

  static SourceSaboteur of(
      String name, String phrase, String breaks, Supplier<? extends Source> source) {
    return new SourceSaboteur(
        name, phrase, List.of(breaks.split(" ", -1)), source::get, new ShopProvider());
  }

  /** The saboteur, its system, and an ear for its log. */
  public SourceSubject subject() {
    return SourceSubject.of(source, system).withLogs(new HeardLogs());
  }

  SourceSaboteur in(SourceTestbedProvider other) {
    return new SourceSaboteur(name, phrase, breaks, source, other);
  }

  /** Makes a reader in place of golden's. */
  @FunctionalInterface
  interface Opening {
    SourceReader open(ShopWire wire, ShopStream stream, long from);
  }

  /** Checks in place of golden. */
  @FunctionalInterface
  interface Checking {
    CheckReport check(GoldenSource golden, SourceRequest request);
  }

  static Supplier<Source> reading(Opening opening) {
    return () ->
        new GoldenSource() {
          @Override
          SourceReader reader(SourceRequest request, ShopWire wire, ShopStream stream, long from) {
            return opening.open(wire, stream, from);
          }
        };
  }

  static Supplier<Source> describing(UnaryOperator<SourceDescriptor> change) {
    return () ->
        new GoldenSource() {
          @Override
          public SourceDescriptor descriptor() {
            return change.apply(super.descriptor());
          }
        };
  }

  static Supplier<Source> setting(SettingsSpec spec) {
    return describing(d -> new SourceDescriptor(d.id(), d.name(), d.version(), spec, d.streams()));
  }

  static Supplier<Source> checking(Checking checking) {
    return () ->
        new GoldenSource() {
          @Override
          public CheckReport check(SourceRequest request) {
            return checking.check(new GoldenSource(), request);
          }
        };
  }

  @Override
  public String toString() {
    return name;
  }
}
