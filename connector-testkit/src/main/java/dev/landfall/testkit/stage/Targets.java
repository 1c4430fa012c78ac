package dev.landfall.testkit.stage;

import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.testkit.sandbox.RecordTestbed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The targets of one scenario, and what may be in each. Safe for use by several threads. */
final class Targets {

  private record Known(RowSchema schema, Reckoning reckoning) {}

  private final Cast cast;
  private final Watch watch;
  private final Map<Target, Known> all = new LinkedHashMap<>();
  private int underWay;

  Targets(Cast cast, Watch watch) {
    this.cast = cast;
    this.watch = watch;
  }

  synchronized Target make(RowSchema schema) {
    int number = all.size();
    Target target =
        new Target(
            number,
            cast.holdsRecords()
                ? cast.records().makeTarget(number, schema)
                : cast.testbed().makeTarget(number));
    return known(target, schema);
  }

  synchronized Target toMake() {
    int number = all.size();
    Target target =
        new Target(
            number,
            cast.testbed()
                .targetToMake(number)
                .orElseThrow(() -> new IllegalStateException("No target can be made")));
    return known(target, cast.schema());
  }

  private Target known(Target target, RowSchema schema) {
    all.put(target, new Known(schema, new Reckoning(target.toString(), watch)));
    return target;
  }

  /** What a target looks like; as most do if no scenario has made it. */
  synchronized RowSchema schema(Target target) {
    Known known = all.get(target);
    return known == null ? cast.schema() : known.schema;
  }

  synchronized void put(Target target, Member record) {
    watch.saw("others put " + record + " into " + target);
    cast.records().put(target.settings(), record.values());
    Objects.requireNonNull(all.get(target)).reckoning.put(record);
  }

  /** The values of each record by its name; a member of an audience has none. */
  Map<String, List<Map<String, Object>>> there(Map<String, Object> settings, RowSchema schema) {
    Map<String, List<Map<String, Object>>> there = new TreeMap<>();
    if (cast.holdsRecords()) {
      for (Map<String, Object> record : cast.records().records(settings)) {
        String name = RecordTestbed.nameOf(schema.key(), record);
        there.computeIfAbsent(name, n -> new ArrayList<>()).add(Values.canonical(record));
      }
    } else {
      cast.testbed().members(settings).forEach(name -> there.put(name, List.of(Map.of())));
    }
    return there;
  }

  /** Compares what is in the targets with what was claimed, if nothing is under way. */
  synchronized void readBack() {
    if (underWay == 0) {
      all.forEach(
          (target, known) -> known.reckoning.compare(there(target.settings(), known.schema)));
    }
  }

  synchronized void begins() {
    underWay++;
  }

  synchronized void ends(
      Target target, Batch batch, List<Member> delivered, @Nullable BatchResult result) {
    underWay--;
    settled(target, batch, delivered, result);
  }

  synchronized void settled(
      Target target, Batch batch, List<Member> delivered, @Nullable BatchResult result) {
    Known known = all.get(target);
    if (known == null) {
      return;
    }
    for (int i = 0; i < delivered.size(); i++) {
      Outcome outcome = result == null ? Claims.NO_RESULT : result.outcomes().get(i);
      known.reckoning.claimed(batch.kind(), batch.schema(), delivered.get(i), outcome);
    }
    readBack();
  }
}
