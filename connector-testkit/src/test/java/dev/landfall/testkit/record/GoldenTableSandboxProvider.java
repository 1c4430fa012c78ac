package dev.landfall.testkit.record;

import dev.landfall.testkit.sandbox.Sandbox;
import dev.landfall.testkit.sandbox.SandboxProvider;
import dev.landfall.testkit.sandbox.SandboxRequest;

/** Makes tables in a folder. */
public final class GoldenTableSandboxProvider implements SandboxProvider {

  /** For {@link java.util.ServiceLoader}. */
  public GoldenTableSandboxProvider() {}

  @Override
  public String connector() {
    return "golden-table";
  }

  @Override
  public Sandbox start(SandboxRequest request) {
    return new GoldenTableSandbox(request);
  }
}
