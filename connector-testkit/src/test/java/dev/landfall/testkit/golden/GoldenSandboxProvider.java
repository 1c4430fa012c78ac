package dev.landfall.testkit.golden;

import dev.landfall.testkit.sandbox.Sandbox;
import dev.landfall.testkit.sandbox.SandboxProvider;
import dev.landfall.testkit.sandbox.SandboxRequest;

/** Starts the list service. */
public final class GoldenSandboxProvider implements SandboxProvider {

  /** For {@link java.util.ServiceLoader}. */
  public GoldenSandboxProvider() {}

  @Override
  public String connector() {
    return "golden";
  }

  @Override
  public Sandbox start(SandboxRequest request) {
    return new GoldenSandbox(request, false);
  }
}
