package dev.landfall.testkit.golden;

import dev.landfall.testkit.sandbox.Sandbox;
import dev.landfall.testkit.sandbox.SandboxProvider;
import dev.landfall.testkit.sandbox.SandboxRequest;

/** Starts a list service that applies changes later. */
public final class GoldenLaterSandboxProvider implements SandboxProvider {

  /** For {@link java.util.ServiceLoader}. */
  public GoldenLaterSandboxProvider() {}

  @Override
  public String connector() {
    return "golden-later";
  }

  @Override
  public Sandbox start(SandboxRequest request) {
    return new GoldenSandbox(request, true);
  }
}
