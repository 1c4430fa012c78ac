package dev.landfall.testkit.stage;

import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.ChangeKind;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may be in one target by what the connector claimed, to be compared with who is. A claim of
 * delivery leaves one possibility, an unknown outcome two, any other what there was.
 */
final class Reckoning {

  private enum Place {
    IN,
    OUT
  }

  private record Known(Member member, Set<Place> places, String claim) {}

  private final String target;
  private final Watch watch;
  private final Map<String, Known> all = new LinkedHashMap<>();

  Reckoning(String target, Watch watch) {
    this.target = target;
    this.watch = watch;
  }

  void claimed(ChangeKind kind, Member member, Outcome outcome) {
    Known before = all.get(member.name());
    Set<Place> places = before == null ? EnumSet.of(Place.OUT) : before.places;
    Place goal = kind == ChangeKind.ADD ? Place.IN : Place.OUT;
    Set<Place> after =
        switch (Claims.of(outcome)) {
          case CERTAIN -> EnumSet.of(goal);
          case OPEN -> {
            Set<Place> both = EnumSet.copyOf(places);
            both.add(goal);
            yield both;
          }
          case NONE -> places;
        };
    if (outcome instanceof Outcome.Delivered delivered && places.size() == 1) {
      boolean there = places.contains(goal);
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

  /** Compares with who is there by the system's own word. */
  void compare(Set<String> there) {
    for (Map.Entry<String, Known> entry : all.entrySet()) {
      Known known = entry.getValue();
      boolean in = there.contains(known.member.name());
      Place place = in ? Place.IN : Place.OUT;
      if (!known.places.contains(place)) {
        // From here on what is true counts: a later claim that is right is not to be blamed.
        entry.setValue(new Known(known.member, EnumSet.of(place), known.claim));
        watch.found(
            "D-5.5",
            known.member
                + (in ? " not to be in " : " to be in ")
                + target
                + ", because the last "
                + known.claim,
            known.member + (in ? " is in it" : " is not in it"));
      }
    }
    Set<String> strangers = new TreeSet<>(there);
    strangers.removeAll(all.keySet());
    if (!strangers.isEmpty()) {
      watch.found(
          "D-5.5",
          "nobody in " + target + " but those who were delivered",
          strangers.size() + " others are in it: " + strangers.stream().limit(5).toList());
    }
  }
}
