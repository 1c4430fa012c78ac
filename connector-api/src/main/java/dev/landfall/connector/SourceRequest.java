package dev.landfall.connector;

import dev.landfall.connector.settings.Settings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to read.
 *
 * @param stream the name of one of the descriptor's streams
 * @param settings the stream's settings
 * @param resumeFrom how far the stream was read before, or null to begin at its beginning
 * @param context what the host lends
 */
public record SourceRequest(
    String stream, Settings settings, @Nullable Cursor resumeFrom, Context context) {
  /** Requires every component but the cursor. */
  public SourceRequest {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(context, "context");
  }
}
