package dev.landfall.testkit.record;

import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import java.nio.file.Path;

/** What a person tells the connector. */
final class TableSettings {

  static final Setting<Path> FOLDER =
      Setting.path("folder", "Folder").description("Where the tables lie.").required();

  static final Setting<String> TABLE =
      Setting.text("table", "Table")
          .description("The name of the table.")
          .pattern("[a-z0-9-]{1,40}", "lower case letters, digits and hyphens")
          .required();

  static final Setting<Boolean> MAKE =
      Setting.flag("make", "Make the table")
          .description("Makes the table if it is not there.")
          .orElse(false);

  static final SettingsSpec CONNECTION = SettingsSpec.of(FOLDER);
  static final SettingsSpec TARGET = SettingsSpec.of(TABLE, MAKE);

  private TableSettings() {}
}
