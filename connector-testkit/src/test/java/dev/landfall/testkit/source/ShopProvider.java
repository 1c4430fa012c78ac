package dev.landfall.testkit.source;

import dev.landfall.testkit.sandbox.SourceTestbed;
import dev.landfall.testkit.sandbox.SourceTestbedProvider;
import java.nio.file.Path;

/** Opens a shop for each scenario. */
public class ShopProvider implements SourceTestbedProvider {

  @Override
  public String connector() {
    return "golden-shop";
  }

  @Override
  public SourceTestbed start(Path folder) {
    return opened(new Shop());
  }

  /** Told of each shop that opens. */
  SourceTestbed opened(Shop shop) {
    return shop;
  }
}
