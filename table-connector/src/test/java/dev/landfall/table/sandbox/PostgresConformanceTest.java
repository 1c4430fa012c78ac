package dev.landfall.table.sandbox;

import dev.landfall.table.TableDestination;
import dev.landfall.testkit.junit.ConformanceTest;
import dev.landfall.testkit.sandbox.Sandbox;
import dev.landfall.testkit.sandbox.SandboxProvider;
import dev.landfall.testkit.sandbox.SandboxRequest;
import dev.landfall.testkit.stage.Subject;

class PostgresConformanceTest extends ConformanceTest {

  /** Starts the testbed. */
  private static final class Provider implements SandboxProvider {
    @Override
    public String connector() {
      return "table";
    }

    @Override
    public Sandbox start(SandboxRequest request) {
      return new PostgresTestbed(request);
    }
  }

  @Override
  protected Subject subject() {
    return Subject.of(TableDestination::new, new Provider());
  }
}
