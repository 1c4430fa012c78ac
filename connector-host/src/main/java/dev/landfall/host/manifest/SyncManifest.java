package dev.landfall.host.manifest;

import dev.landfall.connector.settings.Settings;
import dev.landfall.connector.sync.FieldMapping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person wrote to set a sync up, right in its form. Holds references to secrets, never
 * secrets.
 *
 * @param file the manifest's own file, absolute
 * @param name the sync's name; fit for the name of a folder
 * @param source where the audience or the records come from
 * @param destination where they go
 * @param mode the mode's word; whether the connector has it, only {@link BoundManifest} knows
 * @param key the fields that a record sync names as its key; empty if left out
 * @param mapping what fills each field; empty if left out: each column goes to the field of its
 *     name
 * @param delivery how to send
 * @param removals how much may be removed without asking
 * @param rejected when to offer a rejected member again
 * @param every how often the sync is said to run, or null
 * @param history how long to remember what runs did
 * @param notifications whom to tell how runs end
 * @param canonicalJson the manifest as one line with its names sorted, without {@code $schema},
 *     {@code delivery}, {@code schedule}, {@code history} and {@code notify}: equal for two
 *     manifests that plan the same
 */
public record SyncManifest(
    Path file,
    String name,
    SourceSection source,
    DestinationSection destination,
    String mode,
    List<String> key,
    List<FieldMapping> mapping,
    Delivery delivery,
    Removals removals,
    Rejected rejected,
    @Nullable Duration every,
    History history,
    List<NotifySection> notifications,
    String canonicalJson) {

  /** Copies the lists. */
  public SyncManifest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(mode, "mode");
    key = List.copyOf(key);
    mapping = List.copyOf(mapping);
    notifications = List.copyOf(notifications);
  }

  /**
   * What the manifest's paths are relative to.
   *
   * @return the folder that the manifest lies in
   */
  public Path folder() {
    return Objects.requireNonNull(file.getParent(), "an absolute file has a folder");
  }

  /**
   * Where the audience or the records go.
   *
   * @param connector the connector's id
   * @param connection the connection's raw values by name, with references where they were written
   * @param target the target's raw values by name, with references where they were written
   */
  public record DestinationSection(
      String connector, Map<String, Object> connection, Map<String, Object> target) {
    /** Copies the maps. */
    public DestinationSection {
      Objects.requireNonNull(connector, "connector");
      connection = Plain.copy(connection);
      target = Plain.copy(target);
    }
  }

  /**
   * How to send.
   *
   * @param adaptive whether the destination's answers decide how many batches are under way
   * @param maxInFlight how many batches may be under way at once, at the most if adaptive; null for
   *     as many as the connector bears
   * @param batchSize rows in a batch, or null for what the connector recommends
   * @param requestsPerSecond how many calls may begin in a second, or null for no limit
   * @param attempts how often a change is tried in one run
   * @param settle how long a request may still take effect after it was given up
   * @param confirmWithin how long a run waits for the confirmation of what was only accepted
   * @param window how many changes are written down as intents before they are sent
   */
  public record Delivery(
      boolean adaptive,
      @Nullable Integer maxInFlight,
      @Nullable Integer batchSize,
      @Nullable Integer requestsPerSecond,
      int attempts,
      Duration settle,
      Duration confirmWithin,
      int window) {

    static Delivery of(Settings s, boolean adaptive) {
      return new Delivery(
          adaptive,
          adaptive
              ? s.get(Sections.CEILING).map(Long::intValue).orElse(null)
              : Integer.valueOf(s.get(Sections.MAX_IN_FLIGHT).intValue()),
          s.get(Sections.BATCH_SIZE).map(Long::intValue).orElse(null),
          s.get(Sections.REQUESTS_PER_SECOND).map(Long::intValue).orElse(null),
          s.get(Sections.ATTEMPTS).intValue(),
          s.get(Sections.SETTLE),
          s.get(Sections.CONFIRM_WITHIN),
          s.get(Sections.WINDOW).intValue());
    }
  }

  /**
   * How much may be removed without asking: removals are withheld when they exceed both bounds.
   *
   * @param maxPercent percent of the members
   * @param maxCount number of members
   * @param window how far back earlier removals count too, or null for the run alone
   */
  public record Removals(int maxPercent, long maxCount, @Nullable Duration window) {
    static Removals of(Settings s) {
      Optional<Duration> window = s.get(Sections.REMOVALS_WINDOW);
      return new Removals(
          s.get(Sections.MAX_PERCENT).intValue(), s.get(Sections.MAX_COUNT), window.orElse(null));
    }
  }

  /**
   * When to offer a rejected member again.
   *
   * @param retryAfter how long after the rejection
   */
  public record Rejected(Duration retryAfter) {
    static Rejected of(Settings s) {
      return new Rejected(s.get(Sections.RETRY_AFTER));
    }
  }

  /**
   * How long to remember what runs did.
   *
   * @param keep how old the files of a run may become
   */
  public record History(Duration keep) {
    static History of(Settings s) {
      return new History(s.get(Sections.KEEP));
    }
  }
}
