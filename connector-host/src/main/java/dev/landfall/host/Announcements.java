package dev.landfall.host;

import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.settings.Violation;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import dev.landfall.host.manifest.BoundManifest;
import dev.landfall.host.manifest.NotifySection;
import dev.landfall.host.notify.Notification;
import dev.landfall.host.notify.Notifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs a sync, and tells whom its manifest names how that ended. */
final class Announcements {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final String CORRECT =
      "Correct it; \"landfall check\" says everything that is wrong.";

  private final String sync;
  private final Notifier notifier;
  private final RunListener listener;

  private Announcements(String sync, Notifier notifier, RunListener listener) {
    this.sync = sync;
    this.notifier = notifier;
    this.listener = listener;
  }

  /** The announcements of a manifest; those of a sandbox run are nobody's business. */
  static Announcements of(
      BoundManifest bound, RunRequest request, RunEnvironment environment, RunListener listener) {
    List<Notification> notifications =
        request.sandbox().isPresent()
            ? List.of()
            : Host.valid(request.manifest(), notifications(bound, environment.variables()));
    return new Announcements(
        bound.manifest().name(),
        new Notifier(notifications, bound.manifest().folder(), environment.userAgent()),
        listener);
  }

  /** Runs it; what goes wrong with telling is a notice and changes nothing of the run. */
  RunReport around(Supplier<RunReport> run) {
    RunReport report;
    try {
      report = run.get();
    } catch (InvalidManifest e) {
      Violation first = e.violations().get(0);
      tell(notifier.failed(sync, new RunReport.Line(first.code(), 0, first.message(), CORRECT)));
      throw e;
    } catch (RuntimeException | Error e) {
      tell(notifier.failed(sync, RunReport.Line.of(HostProblems.of(e), 0)));
      throw e;
    }
    tell(notifier.ended(report));
    return report;
  }

  private void tell(List<String> wrong) {
    wrong.forEach(message -> listener.notice("notify.failed", message));
  }

  private static Parsed<List<Notification>> notifications(
      BoundManifest bound, Function<String, @Nullable String> variables) {
    Parsed<List<Optional<Secret>>> webhooks = bound.webhooks(variables);
    if (!webhooks.violations().isEmpty()) {
      return Parsed.wrong(webhooks.violations());
    }
    List<Notification> notifications = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    for (NotifySection section : bound.manifest().notifications()) {
      Optional<Secret> webhook = webhooks.orThrow().get(notifications.size());
      if (!webhook.map(Announcements::isFit).orElse(true)) {
        violations.add(
            new Violation(
                "/notify/" + notifications.size() + "/webhook",
                "notify.address",
                "What \"webhook\" refers to must be an https address (http only on this machine)."));
      }
      notifications.add(
          new Notification(statuses(section.on()), webhook.orElse(null), section.command()));
    }
    return violations.isEmpty() ? Parsed.of(notifications) : Parsed.wrong(violations);
  }

  private static Set<RunStatus> statuses(Set<String> words) {
    return words.stream()
        .map(word -> RunStatus.valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }

  private static boolean isFit(Secret address) {
    try {
      URI uri = new URI(address.reveal().strip());
      return uri.getHost() != null
          && ("https".equalsIgnoreCase(uri.getScheme())
              || ("http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.contains(uri.getHost())));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
