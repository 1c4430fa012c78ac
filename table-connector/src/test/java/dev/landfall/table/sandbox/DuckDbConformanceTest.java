package dev.landfall.table.sandbox;

import dev.landfall.table.TableDestination;
import dev.landfall.testkit.junit.ConformanceTest;
import dev.landfall.testkit.stage.Subject;

class DuckDbConformanceTest extends ConformanceTest {
  @Override
  protected Subject subject() {
    return Subject.of(TableDestination::new, new TableSandboxProvider());
  }
}
