package dev.landfall.testkit.stage;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.connector.sync.SyncMode;
import dev.landfall.testkit.sandbox.Faults;
import dev.landfall.testkit.sandbox.Testbed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who and what a scenario works with, before anything is asked of the connector. */
abstract class Cast {

  private final DestinationDescriptor descriptor;
  private final Testbed testbed;
  private int members;

  Cast(DestinationDescriptor descriptor, Testbed testbed) {
    this.descriptor = descriptor;
    this.testbed = testbed;
  }

  /**
   * What the connector declares.
   *
   * @return the descriptor
   */
  public DestinationDescriptor descriptor() {
    return descriptor;
  }

  /**
   * The system.
   *
   * @return a running sandbox
   */
  public Testbed testbed() {
    return testbed;
  }

  /**
   * What goes wrong in the system.
   *
   * @return the sandbox's faults
   */
  public Faults faults() {
    return testbed.faults();
  }

  /**
   * A member that the system takes on.
   *
   * @return another one at every call
   */
  public synchronized Member member() {
    int number = members++;
    return named("member " + number, testbed.member(number));
  }

  /**
   * Members that the system takes on.
   *
   * @param count how many
   * @return others at every call
   */
  public List<Member> members(int count) {
    List<Member> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(member());
    }
    return all;
  }

  /**
   * A member that the system refuses to add.
   *
   * @return another one at every call
   * @throws IllegalStateException if the system refuses nobody
   */
  public synchronized Member refused() {
    int number = members++;
    return named("refused member " + number, testbed.refusedMember(number).orElseThrow());
  }

  /**
   * The same member with another value in the key field.
   *
   * @param label what messages call it
   * @param key the key's value
   * @return a member whom the system may or may not know
   */
  public synchronized Member odd(String label, @Nullable Object key) {
    Map<String, Object> values = new LinkedHashMap<>(testbed.member(members++));
    values.remove(keyField());
    if (key != null) {
      values.put(keyField(), key);
    }
    return new Member(label, values, testbed.nameOf(String.valueOf(key)));
  }

  /**
   * A member with no value in one field.
   *
   * @param field the field, which is not the key
   * @return another one at every call
   */
  public synchronized Member without(String field) {
    Map<String, Object> values = new LinkedHashMap<>(testbed.member(members++));
    values.remove(field);
    return named("member without " + field, values);
  }

  private Member named(String label, Map<String, Object> values) {
    return new Member(label, values, testbed.nameOf(String.valueOf(values.get(keyField()))));
  }

  /**
   * The field that names the member.
   *
   * @return its name
   */
  public String keyField() {
    return descriptor.keyField().orElseThrow();
  }

  /**
   * Which texts of the key stand for the same member.
   *
   * @return the identity of the field that names the member
   */
  public FieldIdentity identity() {
    return descriptor.field(keyField()).orElseThrow().identity();
  }

  /**
   * The fields that a session is opened with: all that the connector knows.
   *
   * @return a schema whose key is the connector's
   */
  public RowSchema schema() {
    List<FieldSpec> fields = descriptor.fields();
    return new RowSchema(fields, List.of(keyField()));
  }

  /**
   * The first declared mode that delivers a kind of change.
   *
   * @param kind the change
   * @return a mode
   * @throws IllegalStateException if none does
   */
  public SyncMode mode(ChangeKind kind) {
    return descriptor.modes().stream()
        .filter(mode -> mode.changeKinds().contains(kind))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No mode delivers " + kind));
  }

  /**
   * Whether a mode is declared that delivers a kind of change.
   *
   * @param kind the change
   * @return true if there is one
   */
  public boolean delivers(ChangeKind kind) {
    return descriptor.modes().stream().anyMatch(mode -> mode.changeKinds().contains(kind));
  }

  /**
   * An audience mode that the connector does not declare.
   *
   * @return the modes it does not declare
   */
  public List<SyncMode> undeclared() {
    List<SyncMode> all = new ArrayList<>(List.of(AudienceSyncMode.values()));
    all.removeAll(descriptor.modes());
    return all;
  }

  /**
   * How many calls of any kind the system has seen.
   *
   * @return the number of calls
   */
  public long calls() {
    return testbed.state().calls().values().stream().mapToLong(Long::longValue).sum();
  }
}
