package dev.landfall.kognitiv.sandbox;

import dev.landfall.testkit.sandbox.Sandbox;
import dev.landfall.testkit.sandbox.SandboxProvider;
import dev.landfall.testkit.sandbox.SandboxRequest;

/** Starts Kognitiv Inspire on this machine. */
public final class KognitivSandboxProvider implements SandboxProvider {

  /** For {@link java.util.ServiceLoader}. */
  public KognitivSandboxProvider() {}

  @Override
  public String connector() {
    return "kognitiv";
  }

  @Override
  public Sandbox start(SandboxRequest request) {
    return KognitivSandbox.start(request);
  }
}
