package dev.landfall.host;

import dev.landfall.connector.settings.Violation;
import java.nio.file.Path;
import java.util.List;

/** A manifest is wrong; says everything that is, at once. */
public final class InvalidManifest extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The manifest. */
  private final String file;

  /** What is wrong, with JSON pointers into the manifest. */
  private final transient List<Violation> violations;

  InvalidManifest(Path file, List<Violation> violations) {
    super(violations.size() + " things are wrong with " + file);
    this.file = file.toString();
    this.violations = List.copyOf(violations);
  }

  /** The manifest. */
  public String file() {
    return file;
  }

  /** What is wrong, with JSON pointers into the manifest. */
  public List<Violation> violations() {
    return violations;
  }
}
