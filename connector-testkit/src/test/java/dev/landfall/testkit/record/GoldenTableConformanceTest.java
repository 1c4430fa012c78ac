package dev.landfall.testkit.record;

import dev.landfall.testkit.junit.ConformanceTest;
import dev.landfall.testkit.stage.Subject;

class GoldenTableConformanceTest extends ConformanceTest {
  @Override
  protected Subject subject() {
    return Subject.of(GoldenTableDestination::new, new GoldenTableSandboxProvider());
  }
}
