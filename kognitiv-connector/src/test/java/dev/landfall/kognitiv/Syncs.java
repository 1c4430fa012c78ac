package dev.landfall.kognitiv;

import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.Context;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.settings.ConnectionSettings;
import dev.landfall.connector.settings.Secret;
import dev.landfall.connector.settings.TargetSettings;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a host would hand to the destination. */
final class Syncs {

  static final RowSchema SCHEMA =
      new RowSchema(
          new KognitivDestination().descriptor().fields(), List.of(KognitivDestination.MEMBER_ID));

  private Syncs() {}

  static ConnectionSettings connection(String url, Map<String, ?> more) {
    Map<String, Object> values = new HashMap<>();
    values.put("apiBaseUrl", url);
    values.put("clientId", "landfall-id");
    values.put("clientSecret", Secret.of("s3cret"));
    values.putAll(more);
    return KognitivSettings.CONNECTION.connection(values, Path.of("/")).orThrow();
  }

  static TargetSettings target(String reference) {
    return KognitivSettings.TARGET
        .target(
            Map.of("objectType", "promotional-member-group", "groupExternalReference", reference),
            Path.of("/"))
        .orThrow();
  }

  static DestinationSession open(String url) {
    return open(url, "VIP", Map.of(), Context.builder().build());
  }

  static DestinationSession open(String url, Map<String, ?> more) {
    return open(url, "VIP", more, Context.builder().build());
  }

  static DestinationSession open(
      String url, String reference, Map<String, ?> more, Context context) {
    return new KognitivDestination()
        .open(
            new SessionRequest(
                connection(url, more),
                target(reference),
                AudienceSyncMode.MIRROR,
                SCHEMA,
                context));
  }

  static CheckRequest check(String url, String reference) {
    return new CheckRequest(
        connection(url, Map.of()), target(reference), Context.builder().build());
  }

  static Batch batch(ChangeKind kind, String... memberIds) {
    return new Batch(kind, SCHEMA, Stream.of(memberIds).map(id -> Row.of(SCHEMA, id)).toList());
  }

  static Batch add(String... memberIds) {
    return batch(ChangeKind.ADD, memberIds);
  }

  static Batch remove(String... memberIds) {
    return batch(ChangeKind.REMOVE, memberIds);
  }

  /** Each outcome as a word and a code, as in {@code Rejected kognitiv.member-not-found}. */
  static List<String> said(BatchResult result) {
    return result.outcomes().stream().map(Syncs::said).toList();
  }

  static String said(Outcome outcome) {
    return outcome.fold(
        new Outcome.Cases<String>() {
          @Override
          public String delivered(Outcome.Delivered o) {
            return "Delivered " + o.effect();
          }

          @Override
          public String accepted(Outcome.Accepted o) {
            return "Accepted";
          }

          @Override
          public String rejected(Outcome.Rejected o) {
            return "Rejected " + o.problem().code();
          }

          @Override
          public String retryable(Outcome.Retryable o) {
            return "Retryable " + o.problem().code() + after(o.retryAfter());
          }

          @Override
          public String unknown(Outcome.Unknown o) {
            return "Unknown " + o.problem().code() + after(o.retryAfter());
          }

          @Override
          public String notAttempted(Outcome.NotAttempted o) {
            return "NotAttempted";
          }
        });
  }

  /** The code of the stop, or nothing. */
  static String stop(BatchResult result) {
    Problem stop = result.stop();
    return stop == null ? "" : stop.code();
  }

  private static String after(java.time.@org.jspecify.annotations.Nullable Duration wait) {
    return wait == null ? "" : " after " + wait;
  }
}
