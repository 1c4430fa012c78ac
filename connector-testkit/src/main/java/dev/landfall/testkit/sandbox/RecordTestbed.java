package dev.landfall.testkit.sandbox;

import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.RowSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A {@link Testbed} of a system that holds records, tables for instance: what its targets look
 * like, and which records are in them with which values, told by the system itself and not by the
 * connector.
 *
 * <p>A record is a map of values by field, each of the class that carries its field's type; a field
 * without a value is left out. Where a testbed speaks of members, a record is meant.
 *
 * <p>A system in the connector's own process ({@link InProcessSandbox}) has to be open to the
 * connector, and to another process that the kit starts, at any time: it is opened for each
 * question and closed again, unless it bears several at once.
 */
public interface RecordTestbed extends Testbed {

  /**
   * What the targets look like that most rules are tried with.
   *
   * @return the key, one required field of type TEXT, and the others, none of them required: at
   *     best one of each type that the system has, and two of TEXT, so that values which end in the
   *     wrong one are noticed
   */
  RowSchema schema();

  /**
   * What targets look like whose key is made of several fields.
   *
   * @return a key of two fields or more, and at least one other field; empty if the system has no
   *     such targets
   */
  Optional<RowSchema> compositeSchema();

  /**
   * Makes a target exist, without a record in it.
   *
   * @param number which one, from 0; the kit asks for each number with one schema only
   * @param schema {@link #schema()}, or that of {@link #compositeSchema()}
   * @return its raw target settings
   */
  Map<String, Object> makeTarget(int number, RowSchema schema);

  /**
   * How many targets exist.
   *
   * @return the number of targets, whoever made them
   */
  @Override
  int targets();

  /**
   * A record that the system takes on.
   *
   * @param schema {@link #schema()}, or that of {@link #compositeSchema()}
   * @param number which one, from 0 to 999,999
   * @return a value for every field; two records differ in every field of the key, and in every
   *     other field whose type has more than a few values; a text is at least six characters long
   *     and stands in no message for another reason, so that it is recognised where it should not
   *     be
   */
  Map<String, Object> record(RowSchema schema, int number);

  /**
   * A record that the system refuses, whatever is tried: one with a value that its field cannot
   * hold, or that breaks a constraint.
   *
   * @param number which one, from 0 to 999,999
   * @return a record of {@link #schema()} with a key that the system would hold; empty if there is
   *     none such
   */
  Optional<Map<String, Object>> refusedRecord(int number);

  /**
   * Whether a field of a target can hold a value, exactly as it is. The kit expects a value to be
   * delivered if so, and its row to be rejected if not.
   *
   * @param field a field of {@link #schema()} that is not the key
   * @param value a value of the field's type; numbers and times go to the ends of what is common, a
   *     text may have any character and a few thousand of them
   * @return true unless overridden
   */
  default boolean holds(FieldSpec field, Object value) {
    return true;
  }

  /**
   * Makes a record exist past the connector, as other people would; one with the same key may be
   * there, and is replaced then.
   *
   * @param target raw target settings, as {@link #makeTarget} gave them
   * @param record the record
   */
  void put(Map<String, Object> target, Map<String, Object> record);

  /**
   * The records in a target, looked up past the connector.
   *
   * @param target raw target settings
   * @return all of them, as often as they are there, in any order; of numbers the value counts, and
   *     not how many zeros are at the end; empty if there is no such target
   */
  List<Map<String, Object>> records(Map<String, Object> target);

  /**
   * How messages name a record: by the values of its key.
   *
   * @param key the names of the key's fields
   * @param record the record
   * @return the name; equal for two records with the same key, and for no others
   */
  static String nameOf(List<String> key, Map<String, Object> record) {
    return key.size() == 1
        ? String.valueOf(record.get(key.get(0)))
        : key.stream().map(record::get).toList().toString();
  }

  /** Makes a target with {@link #schema()}. */
  @Override
  default Map<String, Object> makeTarget(int number) {
    return makeTarget(number, schema());
  }

  /** A record of {@link #schema()}. */
  @Override
  default Map<String, Object> member(int number) {
    return record(schema(), number);
  }

  /** What {@link #refusedRecord} gives. */
  @Override
  default Optional<Map<String, Object>> refusedMember(int number) {
    return refusedRecord(number);
  }

  /** The key itself. */
  @Override
  default String nameOf(String key) {
    return key;
  }

  /** The names of the {@link #records} of a target with {@link #schema()}. */
  @Override
  default Set<String> members(Map<String, Object> target) {
    return records(target).stream()
        .map(record -> nameOf(schema().key(), record))
        .collect(Collectors.toUnmodifiableSet());
  }
}
