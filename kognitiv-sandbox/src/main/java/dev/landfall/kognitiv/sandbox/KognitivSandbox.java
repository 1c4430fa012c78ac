package dev.landfall.kognitiv.sandbox;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.testkit.sandbox.Authority;
import dev.landfall.testkit.sandbox.Faults;
import dev.landfall.testkit.sandbox.SandboxRequest;
import dev.landfall.testkit.sandbox.SandboxServer;
import dev.landfall.testkit.sandbox.SandboxState;
import dev.landfall.testkit.sandbox.Testbed;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Kognitiv Inspire on this machine.
 *
 * <p>It takes {@code POST /Auth/connect/token}, {@code GET /api/groups/promotionalMember}, and
 * {@code PUT} and {@code DELETE /api/groups/promotionalMember/{ref}/members/{id}}. Faults are aimed
 * at calls of the kinds {@value #TOKEN}, {@value #LIST}, {@value #ADD}, {@value #REMOVE} and
 * {@value #OTHER} (whatever is none of these), and at member ids without leading zeros. Which
 * members there are: {@link Directory}. Safe for use by several threads.
 */
public final class KognitivSandbox implements Testbed {

  /** The kind of calls that ask for a token. */
  public static final String TOKEN = "token";

  /** The kind of calls that list the groups. */
  public static final String LIST = "list";

  /** The kind of calls that add a member to a group. */
  public static final String ADD = "add";

  /** The kind of calls that remove a member from a group. */
  public static final String REMOVE = "remove";

  /** The kind of calls that the API does not know. */
  public static final String OTHER = "other";

  private static final String GROUP_SETTING = "groupExternalReference";
  private static final String MEMBER_FIELD = "member_internal_id";
  private static final long FIRST_ACTIVE = 1_234_000_000L;
  private static final long FIRST_UNKNOWN = 9_234_000_000L;

  private final Tokens tokens;
  private final Switches switches;
  private final Directory directory;
  private final SandboxServer server;

  private KognitivSandbox(SandboxRequest request) {
    tokens = new Tokens(request.clock());
    switches = new Switches(request.clock());
    directory = new Directory();
    server =
        SandboxServer.start(
            request, state -> new Inspire(state, tokens, switches, directory)::receive);
  }

  /**
   * Starts it. The group that the target settings name in {@code groupExternalReference} is made if
   * it does not exist.
   *
   * @param request where, with which target
   * @return a running sandbox; the caller closes it
   * @throws IllegalStateException if the port is taken, or another sandbox uses the folder
   * @throws IllegalArgumentException if the group's reference is no text or blank
   */
  public static KognitivSandbox start(SandboxRequest request) {
    Object group = request.target().get(GROUP_SETTING);
    if (group != null && !(group instanceof String text && !text.isBlank())) {
      throw new IllegalArgumentException(GROUP_SETTING + " must be a text that is not blank");
    }
    KognitivSandbox sandbox = new KognitivSandbox(request);
    if (group instanceof String reference) {
      sandbox.state().createGroup(reference);
    }
    return sandbox;
  }

  @Override
  public URI address() {
    return server.address();
  }

  @Override
  public Map<String, Object> connection() {
    Map<String, Object> connection = new LinkedHashMap<>();
    connection.put("apiBaseUrl", address().toString());
    connection.put("clientId", tokens.clientId());
    connection.put("clientSecret", tokens.clientSecret());
    return Collections.unmodifiableMap(connection);
  }

  @Override
  public SandboxState state() {
    return server.state();
  }

  @Override
  public Faults faults() {
    return server.faults();
  }

  /**
   * Who is in a group.
   *
   * @param reference the group's external reference
   * @return a sorted copy of the ids, without leading zeros; empty if there is no such group
   */
  public Set<String> members(String reference) {
    return state().members(reference);
  }

  /**
   * The token endpoint: credentials, lifetimes, revocation.
   *
   * @return the same object for the sandbox's life
   */
  public Tokens tokens() {
    return tokens;
  }

  /**
   * What the API does where several things are possible.
   *
   * @return the same object for the sandbox's life
   */
  public Switches switches() {
    return switches;
  }

  /**
   * Which members there are, and how they stand.
   *
   * @return the same object for the sandbox's life
   */
  public Directory directory() {
    return directory;
  }

  /**
   * Makes a member that is gone for good: it leaves every group, and is not found from then on.
   *
   * @param member a member id
   */
  public void delete(String member) {
    directory.put(member, Directory.Standing.MISSING);
    state().groups().forEach(group -> state().remove(group, Directory.canonical(member)));
  }

  @Override
  public Map<String, Object> makeTarget(int number) {
    Map<String, Object> target = target("VIP-" + number);
    state().createGroup("VIP-" + number);
    return target;
  }

  @Override
  public Map<String, Object> missingTarget() {
    return target("NOBODY");
  }

  private static Map<String, Object> target(String reference) {
    return Map.of("objectType", "promotional-member-group", GROUP_SETTING, reference);
  }

  @Override
  public Map<String, Object> member(int number) {
    return Map.of(MEMBER_FIELD, String.valueOf(FIRST_ACTIVE + number));
  }

  @Override
  public Optional<Map<String, Object>> refusedMember(int number) {
    return Optional.of(Map.of(MEMBER_FIELD, String.valueOf(FIRST_UNKNOWN + number)));
  }

  @Override
  public String nameOf(String key) {
    return Directory.canonical(key);
  }

  @Override
  public Set<String> members(Map<String, Object> target) {
    return members(String.valueOf(target.get(GROUP_SETTING)));
  }

  @Override
  public String callsFor(ChangeKind kind) {
    return kind == ChangeKind.ADD ? ADD : REMOVE;
  }

  @Override
  public Map<String, Object> impatientConnection() {
    Map<String, Object> connection = new LinkedHashMap<>(connection());
    connection.put("connectTimeLimit", "PT1S");
    connection.put("responseTimeLimit", "PT0.7S");
    connection.put("totalTimeLimit", "PT1S");
    return Collections.unmodifiableMap(connection);
  }

  @Override
  public Optional<Set<String>> callers() {
    return Optional.of(server.callers());
  }

  @Override
  public Optional<Authority> authority() {
    return Optional.of(new TokenAuthority(tokens));
  }

  @Override
  public void close() {
    server.close();
  }
}
