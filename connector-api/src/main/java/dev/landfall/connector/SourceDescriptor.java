package dev.landfall.connector;

import dev.landfall.connector.settings.SettingsSpec;
import dev.landfall.connector.sync.RowSchema;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a source connector is and can read.
 *
 * @param id the word in a manifest: lower case, digits and hyphens
 * @param name the name a person sees
 * @param version three numbers with dots, as in semantic versioning
 * @param settings what a person has to fill in; the same for every stream
 * @param streams what can be read, in the order it is shown; copied
 */
public record SourceDescriptor(
    String id, String name, String version, SettingsSpec settings, List<Stream> streams) {

  /**
   * One thing that can be read.
   *
   * @param name the word in a manifest
   * @param description one sentence
   * @param schema the fields of its rows
   * @param incremental whether a reader can go on from a cursor with what is new
   */
  public record Stream(String name, String description, RowSchema schema, boolean incremental) {
    /** Requires every component. */
    public Stream {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(description, "description");
      Objects.requireNonNull(schema, "schema");
    }
  }

  /** Copies the streams. */
  public SourceDescriptor {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(settings, "settings");
    streams = List.copyOf(streams);
  }

  /**
   * Finds a stream.
   *
   * @param streamName its name
   * @return the stream, or empty
   */
  public Optional<Stream> stream(String streamName) {
    return streams.stream().filter(s -> s.name().equals(streamName)).findFirst();
  }

  /** Id and version. */
  @Override
  public String toString() {
    return id + " " + version;
  }
}
