package dev.landfall.host.notify;

import dev.landfall.connector.settings.Secret;
import dev.landfall.host.history.RunFiles;
import dev.landfall.host.history.RunReport;
import dev.landfall.host.history.RunStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sends the notifications of a sync, one after the other, on the thread that calls. What goes wrong
 * with one is told and changes nothing of the run; nothing told ever holds a webhook's address.
 */
public final class Notifier {

  private static final Duration WEBHOOK_LIMIT = Duration.ofSeconds(10);
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);

  private final List<Notification> notifications;
  private final Path folder;
  private final String userAgent;
  private final Duration commandLimit;

  /**
   * A notifier.
   *
   * @param notifications whom to tell of what
   * @param folder the working folder of commands
   * @param userAgent how webhooks see this host named
   */
  public Notifier(List<Notification> notifications, Path folder, String userAgent) {
    this(notifications, folder, userAgent, COMMAND_LIMIT);
  }

  Notifier(List<Notification> notifications, Path folder, String userAgent, Duration commandLimit) {
    this.commandLimit = commandLimit;
    this.notifications = List.copyOf(notifications);
    this.folder = folder;
    this.userAgent = userAgent;
  }

  /**
   * Tells of a run that ended.
   *
   * @return what went wrong with telling, one sentence each
   */
  public List<String> ended(RunReport report) {
    return tell(report.status(), report.sync(), report);
  }

  /**
   * Tells of a run that failed before it had a report.
   *
   * @param sync the manifest's name
   * @param problem why
   * @return what went wrong with telling, one sentence each
   */
  public List<String> failed(String sync, RunReport.Line problem) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("sync", sync);
    report.put("status", RunStatus.FAILED);
    report.put("problems", List.of(problem));
    return tell(RunStatus.FAILED, sync, report);
  }

  private List<String> tell(RunStatus status, String sync, Object report) {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < notifications.size(); i++) {
      Notification notification = notifications.get(i);
      if (notification.on().contains(status)) {
        String name = "The notification " + (i + 1) + " of the manifest ";
        tell(notification, status, sync, report).ifPresent(w -> wrong.add(name + w));
      }
    }
    return wrong;
  }

  private Optional<String> tell(
      Notification notification, RunStatus status, String sync, Object report) {
    Secret webhook = notification.webhook();
    if (webhook == null) {
      return run(notification.command(), status, sync, RunFiles.json(report));
    }
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("text", "Landfall: the sync " + sync + " ended " + status + ".");
    message.put("run", report);
    return post(webhook, RunFiles.json(message));
  }

  private Optional<String> post(Secret webhook, String body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(webhook.reveal().strip()))
              .timeout(WEBHOOK_LIMIT)
              .header("Content-Type", "application/json")
              .header("User-Agent", userAgent)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      HttpResponse<InputStream> response =
          HttpClient.newBuilder()
              .connectTimeout(WEBHOOK_LIMIT)
              .followRedirects(HttpClient.Redirect.NEVER)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofInputStream());
      // The time limit ends with the answer's head, and its body is not waited for.
      response.body().close();
      return response.statusCode() / 100 == 2
          ? Optional.empty()
          : Optional.of("was answered with HTTP " + response.statusCode() + ".");
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of("did not arrive (" + e.getClass().getSimpleName() + ").");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("was interrupted.");
    }
  }

  private Optional<String> run(List<String> command, RunStatus status, String sync, String report) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LANDFALL_SYNC", sync);
    builder.environment().put("LANDFALL_STATUS", status.name());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return Optional.of("cannot be run: is " + command.get(0) + " a program?");
    }
    // A command that never reads may leave the pipe full: the writer ends with the process.
    Thread writer = new Thread(() -> write(process, report), "landfall-notify");
    writer.setDaemon(true);
    writer.start();
    return ended(process);
  }

  private static void write(Process process, String report) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(report.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // A command that does not read the report closes the pipe; its exit code tells the rest.
      return;
    }
  }

  private Optional<String> ended(Process process) {
    try {
      if (!process.waitFor(commandLimit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return Optional.of("was ended, since it ran for " + commandLimit.toSeconds() + " seconds.");
      }
      return process.exitValue() == 0
          ? Optional.empty()
          : Optional.of("ended with the exit code " + process.exitValue() + ".");
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return Optional.of("was interrupted.");
    }
  }
}
