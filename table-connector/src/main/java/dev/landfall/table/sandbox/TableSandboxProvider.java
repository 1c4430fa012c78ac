package dev.landfall.table.sandbox;

import dev.landfall.testkit.sandbox.Sandbox;
import dev.landfall.testkit.sandbox.SandboxProvider;
import dev.landfall.testkit.sandbox.SandboxRequest;

/** Starts the table connector's sandbox: a DuckDB file in the sandbox's folder. */
public final class TableSandboxProvider implements SandboxProvider {

  /** For {@link java.util.ServiceLoader}. */
  public TableSandboxProvider() {}

  @Override
  public String connector() {
    return "table";
  }

  @Override
  public Sandbox start(SandboxRequest request) {
    return new TableSandbox(request);
  }
}
