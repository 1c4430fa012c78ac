package dev.landfall.testkit.golden;

import dev.landfall.connector.settings.Secret;
import dev.landfall.testkit.sandbox.Answer;
import dev.landfall.testkit.sandbox.Authority;
import dev.landfall.testkit.sandbox.Call;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Hands out tokens for credentials that are made anew with each sandbox. */
final class GoldenAuthority implements Authority {

  static final String CLIENT_ID = "golden-client";

  private final SecureRandom random = new SecureRandom();
  private final Secret secret = Secret.of(random("secret /+=&"));
  private final Map<String, Long> usesLeft = new HashMap<>();
  private final List<String> handedOut = new ArrayList<>();
  private long uses = Long.MAX_VALUE;
  private boolean refused;

  Secret secret() {
    return secret;
  }

  synchronized Answer handOut(Call call) {
    String pair = CLIENT_ID + ":" + secret.reveal();
    String right =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    if (refused || !call.header("Authorization").filter(right::equals).isPresent()) {
      return Answer.json(401, Map.of("error", "invalid_client"));
    }
    String token = random("token");
    usesLeft.put(token, uses);
    handedOut.add(token);
    return Answer.json(200, Map.of("access_token", token));
  }

  synchronized boolean takes(Call call) {
    String token = call.header("Authorization").orElse("").replaceFirst("^Bearer ", "");
    Long left = usesLeft.computeIfPresent(token, (held, uses) -> uses - 1);
    return left != null && left >= 0;
  }

  @Override
  public String calls() {
    return "token";
  }

  @Override
  public synchronized int revokeAll() {
    int revoked = usesLeft.size();
    usesLeft.clear();
    return revoked;
  }

  @Override
  public synchronized void expireAfterUses(long value) {
    uses = value;
  }

  @Override
  public synchronized void refuseCredentials(boolean value) {
    refused = value;
  }

  @Override
  public synchronized List<String> handedOut() {
    return List.copyOf(handedOut);
  }

  private String random(String word) {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return word + "-" + HexFormat.of().formatHex(bytes);
  }
}
