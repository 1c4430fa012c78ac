package dev.landfall.host.manifest;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.settings.Nearest;
import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads sync manifests and finds everything that is wrong with one at once. Contacts nothing and
 * resolves no reference. Safe for use by several threads.
 */
public final class ManifestReader {

  /** In bytes; no person wrote more. */
  static final int LARGEST = 1024 * 1024;

  private record Document(@Nullable Shape shape, List<Violation> violations) {}

  private ManifestReader() {}

  /**
   * Reads a manifest without knowing any connector: finds what is wrong with its form.
   *
   * @param file the manifest
   * @return the manifest; or all violations, with JSON pointers into it
   */
  public static Parsed<SyncManifest> read(Path file) {
    Document document = document(file);
    return document.violations().isEmpty()
        ? Parsed.of(Objects.requireNonNull(document.shape()).manifest(file.toAbsolutePath()))
        : Parsed.wrong(document.violations());
  }

  /**
   * Reads a manifest and holds it against its connector too.
   *
   * @param file the manifest
   * @param connectors gives the descriptor of an id
   * @return the manifest and its connectors; or all violations, with JSON pointers into the
   *     manifest
   */
  public static Parsed<BoundManifest> read(Path file, Connectors connectors) {
    Document document = document(file);
    List<Violation> violations = new ArrayList<>(document.violations());
    Shape shape = document.shape();
    if (shape == null) {
      return Parsed.wrong(violations);
    }
    Optional<SourceDescriptor> source = source(shape, connectors, folder(file), violations);
    if (shape.connector == null) {
      return Parsed.wrong(violations);
    }
    Parsed<DestinationDescriptor> found =
        Plain.under("/destination/connector", connectors.destination(shape.connector));
    violations.addAll(found.violations());
    if (found.violations().isEmpty()) {
      violations.addAll(Fit.violations(shape, found.orThrow(), source, folder(file)));
    }
    return violations.isEmpty()
        ? Parsed.of(
            new BoundManifest(shape.manifest(file.toAbsolutePath()), found.orThrow(), source))
        : Parsed.wrong(violations);
  }

  /** The source connector, if the manifest names one that there is; and what is wrong with it. */
  private static Optional<SourceDescriptor> source(
      Shape shape, Connectors connectors, Path folder, List<Violation> violations) {
    if (!(shape.source instanceof SourceSection.Connector section)) {
      return Optional.empty();
    }
    Parsed<SourceDescriptor> found =
        Plain.under("/source/connector", connectors.source(section.connector()));
    violations.addAll(found.violations());
    if (!found.violations().isEmpty()) {
      return Optional.empty();
    }
    SourceDescriptor descriptor = found.orThrow();
    if (descriptor.stream(section.stream()).isEmpty()) {
      List<String> streams =
          descriptor.streams().stream().map(SourceDescriptor.Stream::name).toList();
      violations.add(
          new Violation(
              "/source/stream",
              "manifest.stream",
              "%s has no stream \"%s\"; it has %s.%s"
                  .formatted(
                      descriptor.name(),
                      section.stream(),
                      String.join(", ", streams),
                      Nearest.question(section.stream(), streams))));
    }
    violations.addAll(
        Plain.under(
            "/source/settings",
            References.violations(descriptor.settings(), section.settings(), folder)));
    return Optional.of(descriptor);
  }

  /**
   * Where a manifest's parts stand in its file, to show violations there.
   *
   * @param file the manifest
   * @return its places; none if the file cannot be read as text
   */
  public static Places places(Path file) {
    return Places.in(file);
  }

  private static Document document(Path file) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST + 1);
    } catch (NoSuchFileException e) {
      return unreadable("The manifest " + file + " does not exist.");
    } catch (IOException e) {
      return unreadable("The manifest " + file + " cannot be read.");
    }
    if (bytes.length > LARGEST) {
      return unreadable("The manifest " + file + " is larger than 1 MiB.");
    }
    JsonText.Read read = JsonText.read(bytes);
    List<Violation> violations = new ArrayList<>(read.violations());
    if (read.object() == null) {
      return new Document(null, violations);
    }
    Shape shape = new Shape(read.object(), folder(file));
    violations.addAll(shape.violations);
    return new Document(shape, violations);
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
  }

  private static Document unreadable(String message) {
    return new Document(null, List.of(new Violation("", "manifest.unreadable", message)));
  }
}
