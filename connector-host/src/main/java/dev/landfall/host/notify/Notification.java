package dev.landfall.host.notify;

import dev.landfall.connector.settings.Secret;
import dev.landfall.host.history.RunStatus;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom to tell of which end: either a webhook or a command.
 *
 * @param on the statuses to tell of
 * @param webhook the address to post to; a secret, since whoever knows it can post there
 * @param command a program and its arguments; empty if there is a webhook
 */
public record Notification(Set<RunStatus> on, @Nullable Secret webhook, List<String> command) {
  /** Copies the collections. */
  public Notification {
    on = Set.copyOf(on);
    command = List.copyOf(command);
  }
}
