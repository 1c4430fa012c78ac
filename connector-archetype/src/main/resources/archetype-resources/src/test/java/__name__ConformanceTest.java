package ${package};

import dev.landfall.testkit.junit.ConformanceTest;
import dev.landfall.testkit.report.KnownViolations;
import dev.landfall.testkit.stage.Subject;
import java.io.IOException;
import java.nio.file.Path;

class ${name}ConformanceTest extends ConformanceTest {
  @Override
  protected Subject subject() {
    return Subject.of(${name}Destination::new, new ${name}Sandbox.Provider());
  }

  @Override
  protected KnownViolations known() throws IOException {
    return KnownViolations.read(Path.of("known.json"));
  }
}
