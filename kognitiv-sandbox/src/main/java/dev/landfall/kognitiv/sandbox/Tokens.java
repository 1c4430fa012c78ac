package dev.landfall.kognitiv.sandbox;

import dev.landfall.connector.settings.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Credentials and access tokens. Every method takes effect with the next call; lifetimes apply to
 * tokens that are granted later. Tokens are of this process alone: a sandbox that is started again
 * knows none. Safe for use by several threads.
 */
public final class Tokens {

  private static final int LONGEST_MEMORY = 1_000;

  private static final class Granted {
    final Instant end;
    long usesLeft;

    Granted(Instant end, long usesLeft) {
      this.end = end;
      this.usesLeft = usesLeft;
    }
  }

  private final Clock clock;
  private final Map<String, Granted> granted = new HashMap<>();
  private final Map<String, String> requiredFields = new LinkedHashMap<>();
  private final List<String> handedOut = new ArrayList<>();
  private Secret clientId = Secret.of("sandbox-client");
  private Secret clientSecret = Secret.of("sandbox-secret");
  private Duration lifetime = Duration.ofHours(1);
  private long uses = Long.MAX_VALUE;
  private long grants;
  private boolean refused;
  private boolean down;
  private String path = "/Auth/connect/token";
  private String idField = "client_id";
  private boolean basicOnly;

  Tokens(Clock clock) {
    this.clock = clock;
  }

  /**
   * The client id that is taken; {@code sandbox-client} by default.
   *
   * @return the id
   */
  public synchronized Secret clientId() {
    return clientId;
  }

  /**
   * The client secret that is taken; {@code sandbox-secret} by default.
   *
   * @return the secret
   */
  public synchronized Secret clientSecret() {
    return clientSecret;
  }

  /**
   * Rotates the credentials. Tokens granted before stay good; see {@link #revokeAll()}.
   *
   * @param id the client id from now on
   * @param secret the client secret from now on
   * @return this
   */
  public synchronized Tokens credentials(Secret id, Secret secret) {
    clientId = id;
    clientSecret = secret;
    return this;
  }

  /**
   * Whether even the right credentials are refused, as revoked ones are; by default they are not.
   *
   * @param value true to refuse
   * @return this
   */
  public synchronized Tokens refuseCredentials(boolean value) {
    refused = value;
    return this;
  }

  /**
   * Whether the token endpoint answers 503 to everything; by default it does not. For cut
   * connections and silence, inject faults on calls of the kind {@link KognitivSandbox#TOKEN}.
   *
   * @param value true for 503
   * @return this
   */
  public synchronized Tokens down(boolean value) {
    down = value;
    return this;
  }

  /**
   * How long tokens live by the sandbox's clock; 3,600 seconds by default. Sent as {@code
   * expires_in}, in whole seconds.
   *
   * @param value the lifetime of tokens granted from now on
   * @return this
   */
  public synchronized Tokens expireAfter(Duration value) {
    lifetime = value;
    return this;
  }

  /**
   * How many API calls a token is good for; no limit by default. The token answer does not tell.
   *
   * @param value the number of calls for tokens granted from now on
   * @return this
   */
  public synchronized Tokens expireAfterUses(long value) {
    uses = value;
    return this;
  }

  /**
   * Revokes every token there is; new ones can be had.
   *
   * @return how many were revoked
   */
  public synchronized int revokeAll() {
    int revoked = granted.size();
    granted.clear();
    return revoked;
  }

  /**
   * How many tokens were granted since the sandbox was started.
   *
   * @return the number of grants
   */
  public synchronized long granted() {
    return grants;
  }

  /**
   * Where the token endpoint is; {@code /Auth/connect/token} by default.
   *
   * @param value a path that starts with a slash
   * @return this
   */
  public synchronized Tokens path(String value) {
    path = value;
    return this;
  }

  /**
   * The name of the form field that holds the client id; {@code client_id} by default.
   *
   * @param value the name, {@code client_ID} for instance
   * @return this
   */
  public synchronized Tokens idField(String value) {
    idField = value;
    return this;
  }

  /**
   * Whether credentials are taken from a Basic header alone; by default from the form or a Basic
   * header, but not from both at once.
   *
   * @param value true for the header alone
   * @return this
   */
  public synchronized Tokens basicOnly(boolean value) {
    basicOnly = value;
    return this;
  }

  /**
   * Wants one form field more, such as {@code api_domain} or {@code scope}. Without it the request
   * is refused as {@code invalid_request}.
   *
   * @param name the field's name
   * @param value the value it must have
   * @return this
   */
  public synchronized Tokens requireField(String name, String value) {
    requiredFields.put(name, value);
    return this;
  }

  /** The tokens that were granted, the latest thousand of them. */
  synchronized List<String> handedOut() {
    return List.copyOf(handedOut);
  }

  synchronized boolean isDown() {
    return down;
  }

  synchronized String path() {
    return path;
  }

  synchronized String idField() {
    return idField;
  }

  synchronized boolean basicOnly() {
    return basicOnly;
  }

  synchronized Map<String, String> requiredFields() {
    return Map.copyOf(requiredFields);
  }

  /** A new token and its life in seconds, if the credentials are right. */
  synchronized Optional<Map<String, Object>> grant(String id, String secret) {
    if (refused || !clientId.equals(Secret.of(id)) || !clientSecret.equals(Secret.of(secret))) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    granted.values().removeIf(g -> !now.isBefore(g.end));
    String token = "sandbox." + UUID.randomUUID();
    handedOut.add(token);
    if (handedOut.size() > LONGEST_MEMORY) {
      handedOut.remove(0);
    }
    granted.put(token, new Granted(now.plus(lifetime), uses));
    grants++;
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("access_token", token);
    answer.put("token_type", "Bearer");
    answer.put("expires_in", lifetime.toSeconds());
    return Optional.of(answer);
  }

  /** Uses a token for one call, if it is good. */
  synchronized boolean use(String token) {
    Granted found = granted.get(token);
    if (found == null || !clock.instant().isBefore(found.end) || found.usesLeft <= 0) {
      return false;
    }
    found.usesLeft--;
    return true;
  }
}
