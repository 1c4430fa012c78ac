package dev.landfall.host.source;

import dev.landfall.connector.Source;
import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.settings.Settings;
import java.util.Objects;

/**
 * A stream of a source connector, with everything it needs but a place to begin.
 *
 * @param source the connector
 * @param descriptor the connector's own word of itself
 * @param stream which of its streams
 * @param settings the connector's settings, secrets included
 */
public record StreamRequest(
    Source source, SourceDescriptor descriptor, SourceDescriptor.Stream stream, Settings settings) {
  /** Requires everything. */
  public StreamRequest {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(descriptor, "descriptor");
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(settings, "settings");
  }

  /** What messages call it. */
  public String words() {
    return "the stream " + stream.name() + " of " + descriptor.name();
  }

  /** Without the settings: they hold secrets. */
  @Override
  public String toString() {
    return "StreamRequest[" + descriptor.id() + " " + stream.name() + "]";
  }
}
