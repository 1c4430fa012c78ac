package dev.landfall.connector.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values that were read and checked against a {@link SettingsSpec}. Immutable. */
public sealed class Settings permits ConnectionSettings, TargetSettings {

  private final Map<Setting<?>, Object> values;

  Settings(Map<Setting<?>, Object> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The value of a setting.
   *
   * @param setting a setting of the spec that these values were read with
   * @param <T> its type
   * @return the value given, or what the setting says of absence
   * @throws IllegalArgumentException if the setting is not part of the spec
   */
  @SuppressWarnings("unchecked") // the spec put it there with setting.read, which gives a T
  public final <T> T get(Setting<T> setting) {
    Object value = values.get(setting);
    if (value == null) {
      throw new IllegalArgumentException(setting + " is not part of this spec");
    }
    return (T) value;
  }

  /** Without the values. */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + values.size() + " settings]";
  }
}
