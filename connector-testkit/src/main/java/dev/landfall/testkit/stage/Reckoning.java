package dev.landfall.testkit.stage;

import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.RowSchema;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may be in one target, with which values, by what the connector claimed, to be compared with
 * who is. A claim of delivery leaves one possibility, an unknown outcome two, any other what there
 * was.
 */
final class Reckoning {

  /** What there may be of each: nothing, or values by field. A member of an audience has none. */
  private record Known(Member member, Set<Optional<Map<String, Object>>> states, String claim) {}

  private static final Map<String, Object> NO_VALUES = Map.of();

  private final String target;
  private final Watch watch;
  private final Map<String, Known> all = new LinkedHashMap<>();

  Reckoning(String target, Watch watch) {
    this.target = target;
    this.watch = watch;
  }

  /** A record was put there past the connector. */
  void put(Member member) {
    all.put(
        member.name(),
        new Known(
            member,
            Set.of(Optional.of(Values.canonical(member.values()))),
            "that happened to it was that others put it there"));
  }

  void claimed(ChangeKind kind, RowSchema fields, Member member, Outcome outcome) {
    Known before = all.get(member.name());
    Set<Optional<Map<String, Object>>> states =
        before == null ? Set.of(Optional.empty()) : before.states;
    Set<Optional<Map<String, Object>>> applied = new LinkedHashSet<>();
    states.forEach(state -> applied.add(after(kind, fields, member, state)));
    Set<Optional<Map<String, Object>>> after =
        switch (Claims.of(outcome)) {
          case CERTAIN -> applied;
          case OPEN -> {
            Set<Optional<Map<String, Object>>> both = new LinkedHashSet<>(states);
            both.addAll(applied);
            yield both;
          }
          case NONE -> states;
        };
    if (outcome instanceof Outcome.Delivered delivered && states.size() == 1) {
      boolean there = states.equals(applied);
      if (there && delivered.effect() == Effect.CHANGED) {
        watch.found(
            "D-5.12",
            "no change to be claimed for " + member + ", for whom it had been made before",
            "the outcome was " + Claims.words(outcome));
      } else if (!there && delivered.effect() == Effect.UNCHANGED) {
        watch.found(
            "D-5.12",
            "a change to be claimed for " + member + ", or nothing to be said of it",
            "the outcome was " + Claims.words(outcome));
      }
    }
    String claim = kind.word() + " was " + Claims.words(outcome);
    all.put(member.name(), new Known(member, after, claim));
  }

  private static Optional<Map<String, Object>> after(
      ChangeKind kind, RowSchema fields, Member member, Optional<Map<String, Object>> before) {
    return switch (kind) {
      case ADD -> Optional.of(NO_VALUES);
      case INSERT -> before.or(() -> Optional.of(written(fields, member, NO_VALUES)));
      case UPDATE -> before.map(values -> written(fields, member, values));
      case UPSERT -> Optional.of(written(fields, member, before.orElse(NO_VALUES)));
      case REMOVE, DELETE -> Optional.empty();
    };
  }

  private static Map<String, Object> written(
      RowSchema fields, Member member, Map<String, Object> before) {
    Map<String, Object> values = new LinkedHashMap<>(before);
    for (FieldSpec field : fields.fields()) {
      Object value = member.values().get(field.name());
      if (value == null) {
        values.remove(field.name());
      } else {
        values.put(field.name(), Values.canonical(value));
      }
    }
    return values;
  }

  /** Compares with what is there by the system's own word, by the names of members or records. */
  void compare(Map<String, List<Map<String, Object>>> there) {
    for (Map.Entry<String, Known> entry : all.entrySet()) {
      Known known = entry.getValue();
      List<Map<String, Object>> found = there.getOrDefault(entry.getKey(), List.of());
      if (found.size() > 1) {
        watch.found(
            "D-5.5",
            known.member + " to be in " + target + " once",
            "it is in it " + found.size() + " times");
      }
      Optional<Map<String, Object>> state = found.stream().findFirst();
      if (!known.states.contains(state)) {
        // From here on what is true counts: a later claim that is right is not to be blamed.
        entry.setValue(new Known(known.member, Set.of(state), known.claim));
        wrong(known, state);
      }
    }
    Set<String> strangers = new TreeSet<>(there.keySet());
    strangers.removeAll(all.keySet());
    if (!strangers.isEmpty()) {
      watch.found(
          "D-5.5",
          "nobody in " + target + " but those who were delivered",
          strangers.size() + " others are in it: " + strangers.stream().limit(5).toList());
    }
  }

  private void wrong(Known known, Optional<Map<String, Object>> state) {
    List<Map<String, Object>> due = known.states.stream().flatMap(Optional::stream).toList();
    if (state.isPresent() && !due.isEmpty()) {
      String field = firstThatDiffers(due.get(0), state.get());
      watch.found(
          "D-12.1",
          "%s of %s in %s to hold %s, because the last %s"
              .formatted(
                  field, known.member, target, Values.words(due.get(0).get(field)), known.claim),
          "it holds " + Values.words(state.get().get(field)));
      return;
    }
    watch.found(
        "D-5.5",
        known.member
            + (state.isPresent() ? " not to be in " : " to be in ")
            + target
            + ", because the last "
            + known.claim,
        known.member + (state.isPresent() ? " is in it" : " is not in it"));
  }

  private static String firstThatDiffers(Map<String, Object> due, Map<String, Object> found) {
    Set<String> fields = new LinkedHashSet<>(due.keySet());
    fields.addAll(found.keySet());
    return fields.stream()
        .filter(field -> !Objects.equals(due.get(field), found.get(field)))
        .findFirst()
        .orElseThrow();
  }
}
