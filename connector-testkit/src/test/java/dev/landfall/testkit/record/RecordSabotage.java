package dev.landfall.testkit.record;

import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.testkit.saboteur.Saboteur;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The places where golden's tables can be broken. */
final class RecordSabotage {

  private RecordSabotage() {}

  static Saboteur saboteur(
      String name, String phrase, String breaks, Supplier<Destination> destination) {
    return new Saboteur(
        name,
        phrase,
        List.of(breaks.split(" ", -1)),
        destination,
        new GoldenTableSandboxProvider(),
        false);
  }

  /** Breaks the session. */
  static Supplier<Destination> writing(Function<Path, DestinationSession> session) {
    return () ->
        new GoldenTableDestination() {
          @Override
          protected DestinationSession session(Path file) {
            return session.apply(file);
          }
        };
  }

  /** Breaks what becomes of a value. */
  static Supplier<Destination> binding(
      BiFunction<FieldSpec, @Nullable Object, @Nullable Object> change) {
    return writing(
        file ->
            new Breakable(file) {
              @Override
              protected @Nullable Object value(FieldSpec field, @Nullable Object value) {
                return change.apply(field, value);
              }
            });
  }

  /** Breaks what becomes of values of one class. */
  static <T> Supplier<Destination> binding(Class<T> type, UnaryOperator<T> change) {
    return binding(
        (field, value) -> type.isInstance(value) ? change.apply(type.cast(value)) : value);
  }

  /** Breaks what is declared. */
  static Supplier<Destination> describing(UnaryOperator<DestinationDescriptor.Builder> change) {
    return () ->
        new GoldenTableDestination() {
          @Override
          protected DestinationDescriptor.Builder describe() {
            return change.apply(super.describe());
          }
        };
  }

  /** Golden's session, to be broken. */
  static class Breakable extends GoldenTableSession {
    Breakable(Path file) {
      super(file);
    }
  }
}
