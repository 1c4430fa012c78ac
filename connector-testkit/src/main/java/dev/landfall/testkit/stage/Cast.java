package dev.landfall.testkit.stage;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.connector.sync.SyncMode;
import dev.landfall.testkit.sandbox.Authority;
import dev.landfall.testkit.sandbox.Fault;
import dev.landfall.testkit.sandbox.Faults;
import dev.landfall.testkit.sandbox.RecordTestbed;
import dev.landfall.testkit.sandbox.Testbed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who and what a scenario works with, before anything is asked of the connector. Where a member is
 * spoken of, it is a record if that is what the connector's targets hold.
 */
abstract class Cast extends Watched {

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
   * Has the system fail from now on.
   *
   * @param fault how
   */
  public void inject(Fault fault) {
    note("fault: " + fault);
    testbed.faults().inject(fault);
  }

  /**
   * Has the system fail for a while.
   *
   * @param fault how
   * @param meanwhile what is done until it works again
   */
  public void during(Fault fault, Runnable meanwhile) {
    inject(fault);
    try {
      meanwhile.run();
    } finally {
      testbed.faults().clear();
    }
  }

  /**
   * Has the system refuse the credentials from now on.
   *
   * @return false if it hands out no tokens, and so has nothing to refuse
   */
  public boolean refuseCredentials() {
    Authority authority = testbed.authority().orElse(null);
    if (authority == null) {
      return false;
    }
    note("the system refuses the credentials");
    authority.refuseCredentials(true);
    return true;
  }

  /**
   * Whether the connector's targets hold records, and not an audience.
   *
   * @return true if its modes are record modes
   */
  public boolean holdsRecords() {
    return descriptor.modes().get(0) instanceof RecordSyncMode;
  }

  /**
   * The system, if it holds records.
   *
   * @return the same as {@link #testbed}
   */
  public RecordTestbed records() {
    return (RecordTestbed) testbed;
  }

  /**
   * The change that puts a member, or a record, into a target.
   *
   * @return ADD; for records UPSERT, or INSERT if no mode delivers that
   */
  public ChangeKind addKind() {
    if (!holdsRecords()) {
      return ChangeKind.ADD;
    }
    return delivers(ChangeKind.INSERT) && !delivers(ChangeKind.UPSERT)
        ? ChangeKind.INSERT
        : ChangeKind.UPSERT;
  }

  /**
   * The change that takes a member, or a record, out of a target.
   *
   * @return REMOVE; for records DELETE
   */
  public ChangeKind removeKind() {
    return holdsRecords() ? ChangeKind.DELETE : ChangeKind.REMOVE;
  }

  /**
   * A member that the system takes on.
   *
   * @return another one at every call
   */
  public synchronized Member member() {
    int number = members++;
    return named(word() + " " + number, testbed.member(number));
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
    return named("refused " + word() + " " + number, testbed.refusedMember(number).orElseThrow());
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
    return named(label, values);
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
    return named(word() + " without " + field, values);
  }

  /**
   * A record that the system takes on, but for some values.
   *
   * @param label what messages call it
   * @param schema the fields of its target
   * @param changes values by field; null for none
   * @return another one at every call
   */
  public synchronized Member record(
      String label, RowSchema schema, Map<String, ? extends @Nullable Object> changes) {
    Map<String, Object> values = new LinkedHashMap<>(records().record(schema, members++));
    return changed(label, schema, values, changes);
  }

  /**
   * The same record with some other values.
   *
   * @param label what messages call it
   * @param schema the fields of its target
   * @param values its values by field
   * @param changes other values by field; null for none
   * @return a record with the same name, unless its key is changed
   */
  public Member changed(
      String label,
      RowSchema schema,
      Map<String, Object> values,
      Map<String, ? extends @Nullable Object> changes) {
    Map<String, Object> changed = new LinkedHashMap<>(values);
    changes.forEach(
        (field, value) -> {
          if (value == null) {
            changed.remove(field);
          } else {
            changed.put(field, value);
          }
        });
    return new Member(label, changed, RecordTestbed.nameOf(schema.key(), changed));
  }

  private Member named(String label, Map<String, Object> values) {
    return new Member(
        label,
        values,
        holdsRecords()
            ? RecordTestbed.nameOf(schema().key(), values)
            : testbed.nameOf(String.valueOf(values.get(keyField()))));
  }

  private String word() {
    return holdsRecords() ? "record" : "member";
  }

  /**
   * The field that names the member, or the record.
   *
   * @return its name
   */
  public String keyField() {
    return holdsRecords() ? schema().key().get(0) : descriptor.keyField().orElseThrow();
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
   * The fields that a session is opened with: all that the connector knows, or all that a target
   * has that holds records.
   *
   * @return a schema whose key is the connector's, or the target's
   */
  public RowSchema schema() {
    return holdsRecords()
        ? records().schema()
        : new RowSchema(descriptor.fields(), List.of(keyField()));
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
   * The modes, of audiences and of records, that the connector does not declare.
   *
   * @return the modes it does not declare
   */
  public List<SyncMode> undeclared() {
    List<SyncMode> all = new ArrayList<>(List.of(AudienceSyncMode.values()));
    all.addAll(List.of(RecordSyncMode.values()));
    all.removeAll(descriptor.modes());
    return all;
  }

  /**
   * The kinds of calls that some work makes, besides those that ask for a token.
   *
   * @param work what is done, while nothing fails
   * @return kinds in the sandbox's own words; empty if it asks the system nothing
   */
  public Set<String> callsOf(Runnable work) {
    Map<String, Long> before = testbed.state().calls();
    work.run();
    Map<String, Long> after = new LinkedHashMap<>(testbed.state().calls());
    after.entrySet().removeIf(calls -> calls.getValue().equals(before.get(calls.getKey())));
    testbed.authority().ifPresent(authority -> after.remove(authority.calls()));
    return Set.copyOf(after.keySet());
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
