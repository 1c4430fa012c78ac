package com.example.acme;

import dev.landfall.testkit.junit.ConformanceTest;
import dev.landfall.testkit.stage.Subject;

class AcmeConformanceTest extends ConformanceTest {
  @Override
  protected Subject subject() {
    return Subject.of(AcmeDestination::new, new AcmeSandbox.Provider());
  }
}
