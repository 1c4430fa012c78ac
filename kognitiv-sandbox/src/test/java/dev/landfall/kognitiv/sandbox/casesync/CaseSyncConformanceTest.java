package dev.landfall.kognitiv.sandbox.casesync;

import dev.landfall.kognitiv.casesync.CaseSyncSource;
import dev.landfall.testkit.junit.ConformanceTest;
import dev.landfall.testkit.stage.SourceSubject;

class CaseSyncConformanceTest extends ConformanceTest {
  @Override
  protected SourceSubject subject() {
    return SourceSubject.of(CaseSyncSource::new, new CaseSyncTestbedProvider());
  }
}
