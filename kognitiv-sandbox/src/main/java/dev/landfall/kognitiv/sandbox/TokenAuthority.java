package dev.landfall.kognitiv.sandbox;

import dev.landfall.testkit.sandbox.Authority;
import java.util.List;

/** The token endpoint, as the conformance kit steers it. */
record TokenAuthority(Tokens tokens) implements Authority {

  @Override
  public String calls() {
    return KognitivSandbox.TOKEN;
  }

  @Override
  public int revokeAll() {
    return tokens.revokeAll();
  }

  @Override
  public void expireAfterUses(long uses) {
    Tokens unused = tokens.expireAfterUses(uses);
  }

  @Override
  public void refuseCredentials(boolean refused) {
    Tokens unused = tokens.refuseCredentials(refused);
  }

  @Override
  public List<String> handedOut() {
    return tokens.handedOut();
  }
}
