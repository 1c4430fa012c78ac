package dev.landfall.connector.settings;

import java.util.Map;

/** What in the system a sync writes to. Immutable. */
public final class TargetSettings extends Settings {

  TargetSettings(Map<Setting<?>, Object> values) {
    super(values);
  }
}
