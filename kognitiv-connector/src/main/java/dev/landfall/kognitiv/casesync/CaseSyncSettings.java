package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.Settings;
import dev.landfall.connector.settings.SettingsSpec;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.time.Duration;

/** What a person fills in; the same for both streams. */
final class CaseSyncSettings {

  static final Setting<Path> FOLDER =
      Setting.path("folder", "Folder")
          .description("Where Kognitiv's files arrive. Folders in it are not looked into.")
          .required();

  static final Setting<String> CHARSET =
      Setting.text("charset", "Character encoding")
          .description(
              "How the files' text is encoded, by its name in the IANA registry; a byte order mark"
                  + " is recognised.")
          .canonical(CaseSyncSettings::charset)
          .orElse("UTF-8");

  static final Setting<Duration> QUIET_PERIOD =
      Setting.duration("quietPeriod", "Quiet period")
          .description(
              "A file that changed within this time counts as still being uploaded: a last line"
                  + " without an end waits, and so does a packed file that is not whole.")
          .between(Duration.ZERO, Duration.ofDays(1))
          .advanced()
          .orElse(Duration.ofMinutes(5));

  static final Setting<Long> LONGEST_ROW =
      Setting.integer("longestRow", "Longest row")
          .description(
              "How many bytes a row may have, its line end included; a longer line ends the reading.")
          .between(1024L, 64L << 20)
          .advanced()
          .orElse(1L << 20);

  static final Setting<Long> LARGEST_FILE =
      Setting.integer("largestFile", "Largest file")
          .description("How many bytes a file may have once it is unpacked.")
          .between(1L << 20, 1L << 40)
          .advanced()
          .orElse(4L << 30);

  static final SettingsSpec ALL =
      SettingsSpec.of(FOLDER, CHARSET, QUIET_PERIOD, LONGEST_ROW, LARGEST_FILE);

  private CaseSyncSettings() {}

  static Charset charset(Settings settings) {
    return Charset.forName(settings.get(CHARSET));
  }

  private static String charset(String name) {
    try {
      return Charset.forName(name).name();
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "must be the name of an encoding that Java knows, such as UTF-8 or windows-1252.", e);
    }
  }
}
