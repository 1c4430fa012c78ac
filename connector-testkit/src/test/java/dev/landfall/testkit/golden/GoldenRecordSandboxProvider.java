package dev.landfall.testkit.golden;

import dev.landfall.testkit.sandbox.Sandbox;
import dev.landfall.testkit.sandbox.SandboxProvider;
import dev.landfall.testkit.sandbox.SandboxRequest;

/** Starts the record service. */
public final class GoldenRecordSandboxProvider implements SandboxProvider {

  /** For {@link java.util.ServiceLoader}. */
  public GoldenRecordSandboxProvider() {}

  @Override
  public String connector() {
    return "golden-records";
  }

  @Override
  public Sandbox start(SandboxRequest request) {
    return new GoldenRecordSandbox(request);
  }
}
