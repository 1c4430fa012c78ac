package dev.landfall.host.manifest;

import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.settings.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what a manifest refers to: {@code {"env": "NAME"}} or {@code {"file": "path"}}. Nothing
 * is fetched before {@link #read}, and nothing that was fetched is ever in a message.
 */
public final class References {

  /**
   * Reads a section, such as {@link SettingsSpec#connection}.
   *
   * @param <T> what is read
   */
  @FunctionalInterface
  public interface Reading<T> {
    /**
     * Reads a section.
     *
     * @param values raw values by name, references resolved
     * @param folder the folder that paths are relative to
     * @return the settings, or all violations
     */
    Parsed<T> read(Map<String, ?> values, Path folder);
  }

  private static final int LONGEST = 64 * 1024;
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");
  // Someone may write the secret itself where its name belongs: only what looks like a name is
  // said.
  private static final Pattern SAFE_TO_SAY = Pattern.compile("[A-Z_][A-Z0-9_]*");
  private static final Map<String, String> STANDS_FOR_ANY = Map.of("env", "ANY");

  private final Function<String, @Nullable String> environment;
  private final Path folder;

  /**
   * Where references lead.
   *
   * @param environment gives a variable's value, or null if it is not set; {@code System::getenv}
   *     outside of tests
   * @param folder what paths are relative to: the manifest's folder
   */
  public References(Function<String, @Nullable String> environment, Path folder) {
    this.environment = Objects.requireNonNull(environment, "environment");
    this.folder = Objects.requireNonNull(folder, "folder");
  }

  /**
   * Reads a section with everything that it refers to.
   *
   * @param spec the section's settings
   * @param values raw values by name
   * @param reading reads the section once its references are resolved
   * @param <T> what is read
   * @return the settings; or all violations, those of references that lead nowhere among them, with
   *     pointers into the section
   */
  public <T> Parsed<T> read(SettingsSpec spec, Map<String, ?> values, Reading<T> reading) {
    List<Violation> nowhere = new ArrayList<>();
    Map<String, Object> resolved = new LinkedHashMap<>(values);
    for (Setting<?> setting : spec.settings()) {
      Object raw = values.get(setting.name());
      if (setting.kind().mayBeReference()
          && raw instanceof Map<?, ?> reference
          && SettingsSpec.isReference(reference)) {
        Parsed<Secret> found = fetch(setting, reference);
        nowhere.addAll(found.violations());
        if (found.violations().isEmpty()) {
          resolved.put(setting.name(), found.orThrow());
        }
      }
    }
    if (nowhere.isEmpty()) {
      return reading.read(resolved, folder);
    }
    nowhere.addAll(violations(spec, values, folder));
    return Parsed.wrong(nowhere);
  }

  /** All that is wrong with a section while nothing is fetched. */
  static List<Violation> violations(SettingsSpec spec, Map<String, ?> values, Path folder) {
    List<Violation> malformed = new ArrayList<>();
    Map<String, Object> wellFormed = new LinkedHashMap<>(values);
    for (Setting<?> setting : spec.settings()) {
      Object raw = values.get(setting.name());
      if (setting.kind().mayBeReference() && raw instanceof Map<?, ?> map && !isWellFormed(map)) {
        malformed.add(
            wrong(
                setting,
                "reference.malformed",
                setting.label()
                    + " ("
                    + setting.name()
                    + ") must be {\"env\": \"NAME\"} with the name of an environment variable, or"
                    + " {\"file\": \"path\"}."));
        wellFormed.put(setting.name(), STANDS_FOR_ANY);
      }
    }
    malformed.addAll(spec.violations(wellFormed, folder));
    return malformed;
  }

  private static boolean isWellFormed(Map<?, ?> raw) {
    return SettingsSpec.isReference(raw)
        && (!(raw.get("env") instanceof String name) || VARIABLE.matcher(name).matches());
  }

  private Parsed<Secret> fetch(Setting<?> setting, Map<?, ?> reference) {
    return reference.get("env") instanceof String name
        ? fromEnvironment(setting, name)
        : fromFile(setting, (String) Objects.requireNonNull(reference.get("file")));
  }

  private Parsed<Secret> fromEnvironment(Setting<?> setting, String name) {
    String value = environment.apply(name);
    if (value != null && !value.isBlank()) {
      return Parsed.of(Secret.of(value));
    }
    String variable =
        SAFE_TO_SAY.matcher(name).matches()
            ? "The environment variable " + name
            : "The environment variable that \"" + setting.name() + "\" names";
    return nowhere(
        setting,
        value == null ? "reference.env-unset" : "reference.env-empty",
        variable + (value == null ? " is not set" : " is empty") + "; set it and start again.");
  }

  private Parsed<Secret> fromFile(Setting<?> setting, String path) {
    String file = "The file that \"" + setting.name() + "\" refers to ";
    String relative = " Its path is relative to the manifest.";
    try (InputStream in = Files.newInputStream(folder.resolve(path))) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        return nowhere(
            setting,
            "reference.file-too-large",
            file + "is larger than 64 KiB; it holds no secret.");
      }
      String value = withoutLineEnd(strictUtf8(bytes));
      return value.isBlank()
          ? nowhere(setting, "reference.file-empty", file + "is empty; write the secret into it.")
          : Parsed.of(Secret.of(value));
    } catch (NoSuchFileException | InvalidPathException e) {
      return nowhere(setting, "reference.file-missing", file + "does not exist." + relative);
    } catch (CharacterCodingException e) {
      return nowhere(
          setting, "reference.file-encoding", file + "is no UTF-8 text; save it as such.");
    } catch (IOException e) {
      return nowhere(
          setting,
          "reference.file-unreadable",
          file + "cannot be read; make it a file that this user may read." + relative);
    }
  }

  private static String strictUtf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** Editors and {@code echo} end a file with a line feed that is no part of the secret. */
  private static String withoutLineEnd(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  private static Parsed<Secret> nowhere(Setting<?> setting, String code, String message) {
    return Parsed.wrong(List.of(wrong(setting, code, message)));
  }

  private static Violation wrong(Setting<?> setting, String code, String message) {
    return new Violation(Violation.pointerTo(setting.name()), code, message);
  }
}
