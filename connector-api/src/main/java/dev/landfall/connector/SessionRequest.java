package dev.landfall.connector;

import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.settings.TargetSettings;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.connector.sync.SyncMode;
import java.util.Objects;

/**
 * What a session is opened with.
 *
 * @param connection how to reach the system
 * @param target what in it to write to
 * @param mode what the sync does; one of the modes that the descriptor declares
 * @param schema the fields of the rows that will come
 * @param context what the host lends
 */
public record SessionRequest(
    ConnectionSettings connection,
    TargetSettings target,
    SyncMode mode,
    RowSchema schema,
    Context context) {
  /** Requires every component. */
  public SessionRequest {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(context, "context");
  }
}
