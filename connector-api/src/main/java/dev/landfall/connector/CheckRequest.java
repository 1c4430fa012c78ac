package dev.landfall.connector;

import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.settings.TargetSettings;
import java.util.Objects;

/**
 * What to check.
 *
 * @param connection how to reach the system
 * @param target what in it a sync would write to
 * @param context what the host lends
 */
public record CheckRequest(ConnectionSettings connection, TargetSettings target, Context context) {
  /** Requires every component. */
  public CheckRequest {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(context, "context");
  }
}
