package dev.landfall.testkit.sandbox;

import dev.landfall.connector.sync.ChangeKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A sandbox that also tells what the conformance kit has to know of a system to try a connector to
 * it: targets, members, and who is where, told by the system itself and not by the connector.
 *
 * <p>Numbers stand for members and targets: the same number is the same one, others are others.
 *
 * <p>For a system that holds records it is a {@link RecordTestbed}.
 */
public interface Testbed extends Sandbox {

  /**
   * Makes a target exist, with nobody in it.
   *
   * @param number which one, from 0
   * @return its raw target settings
   */
  Map<String, Object> makeTarget(int number);

  /**
   * Names a target that does not exist.
   *
   * @return its raw target settings
   */
  Map<String, Object> missingTarget();

  /**
   * Names a target that does not exist, with settings that tell the connector to make it.
   *
   * @param number which one, from 0; no number of a target that was made with {@link #makeTarget}
   * @return its raw target settings; empty if the connector makes no targets, which is so unless
   *     overridden
   */
  default Optional<Map<String, Object>> targetToMake(int number) {
    return Optional.empty();
  }

  /**
   * A member that the system takes on.
   *
   * @param number which one, from 0 to 999,999
   * @return the values of all fields that the connector declares, by name; the key is a text of at
   *     least six characters, so that it is recognised where it should not be
   */
  Map<String, Object> member(int number);

  /**
   * A member that the system refuses to add, whatever is tried.
   *
   * @param number which one, from 0 to 999,999
   * @return the values as {@link #member} gives them; empty if the system refuses nobody
   */
  Optional<Map<String, Object>> refusedMember(int number);

  /**
   * How the system names a member, in {@link #members} and to faults.
   *
   * @param key the value of the member's key field
   * @return the name
   */
  String nameOf(String key);

  /**
   * Who is in a target, looked up past the wire.
   *
   * @param target raw target settings
   * @return the names, sorted; empty if there is no such target
   */
  Set<String> members(Map<String, Object> target);

  /**
   * The calls that carry a change, in the sandbox's own words.
   *
   * @param kind the change
   * @return the kind that they are counted by, and that faults are aimed by
   */
  String callsFor(ChangeKind kind);

  /**
   * As {@link #connection}, with every time limit of the connector at a second or less, so that
   * silence is noticed soon.
   *
   * @return raw connection settings; those of {@link #connection} unless overridden
   */
  default Map<String, Object> impatientConnection() {
    return connection();
  }

  /**
   * As {@link #impatientConnection}, but to where nobody listens.
   *
   * @return raw connection settings; empty if none of them says where the system is
   */
  default Optional<Map<String, Object>> unreachableConnection() {
    Map<String, Object> there = impatientConnection();
    Map<String, Object> nowhere = new LinkedHashMap<>(there);
    String address = address().toString();
    // The first port is left to a service of the seventies.
    nowhere.replaceAll(
        (name, value) ->
            value instanceof String text && text.startsWith(address)
                ? "http://127.0.0.1:1" + text.substring(address.length())
                : value);
    return nowhere.equals(there) ? Optional.empty() : Optional.of(nowhere);
  }

  /**
   * How those named themselves who called so far (the User-Agent header, of HTTP).
   *
   * @return their names, an empty text among them if one had none; or empty if the system cannot
   *     tell
   */
  default Optional<Set<String>> callers() {
    return Optional.empty();
  }

  /**
   * The part of the system that checks who calls, if it hands out tokens that can expire.
   *
   * @return the same object for the sandbox's life, or empty
   */
  default Optional<Authority> authority() {
    return Optional.empty();
  }

  /**
   * Applies, or turns down, all that was taken on to be applied later; for a system that answers
   * so.
   *
   * @return how many changes were settled; 0 if the system applies everything at once
   */
  default int settleAccepted() {
    return 0;
  }

  /**
   * Whether {@link #faults} strikes what is injected.
   *
   * @return true, unless the system cannot be made to fail; what needs faults is then unverified
   */
  default boolean injectsFaults() {
    return true;
  }

  /**
   * Whether the system runs in the connector's own process, so that nothing between the two can
   * fail: what needs faults is then skipped. The kit sees to it that such a connector opens no
   * connection and starts no process.
   *
   * @return false unless overridden
   */
  default boolean inProcess() {
    return false;
  }

  /**
   * How many targets exist.
   *
   * @return the number of groups in {@link #state} unless overridden
   */
  default int targets() {
    return state().groups().size();
  }
}
