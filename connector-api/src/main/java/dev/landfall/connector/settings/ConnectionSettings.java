package dev.landfall.connector.settings;

import java.util.Map;

/** How to reach a system, and as whom. Immutable. */
public final class ConnectionSettings extends Settings {

  ConnectionSettings(Map<Setting<?>, Object> values) {
    super(values);
  }
}
