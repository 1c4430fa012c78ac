package dev.landfall.testkit.source;

import dev.landfall.testkit.junit.ConformanceTest;
import dev.landfall.testkit.stage.SourceSubject;

/** What an author of a source writes, and all of it. */
class GoldenSourceConformanceTest extends ConformanceTest {
  @Override
  protected SourceSubject subject() {
    return SourceSubject.of(GoldenSource::new, new ShopProvider());
  }
}
