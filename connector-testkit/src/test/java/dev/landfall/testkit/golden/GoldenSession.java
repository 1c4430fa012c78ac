package dev.landfall.testkit.golden;

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Effect;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.Batch;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Delivers each batch in one call, and claims what its answer says of each member. */
public class GoldenSession implements DestinationSession {

  private static final Logger LOG = LoggerFactory.getLogger(GoldenSession.class);

  protected final Api api;
  protected final String listPath;
  private volatile boolean closed;

  protected GoldenSession(Api api, String list) {
    this.api = api;
    listPath = "/lists/" + Api.segment(list);
  }

  @Override
  public BatchResult deliver(Batch batch) {
    if (closed) {
      return all(batch.size(), new Outcome.NotAttempted());
    }
    List<Row> rows = batch.rows().stream().filter(row -> usable(key(row))).toList();
    if (rows.isEmpty()) {
      return all(batch.size(), new Outcome.Rejected(Problems.NO_KEY));
    }
    String path = listPath + "/" + batch.kind().word();
    Reply reply = api.call("POST", path, body(batch.kind(), rows));
    LOG.debug("{} of {} rows: {}", batch.kind().word(), rows.size(), reply);
    BatchResult judged = judge(rows.stream().map(this::key).toList(), reply);
    return new BatchResult(withUnusable(batch, judged.outcomes()), judged.stop());
  }

  private List<Outcome> withUnusable(Batch batch, List<Outcome> judged) {
    List<Outcome> outcomes = new ArrayList<>();
    int next = 0;
    for (Row row : batch.rows()) {
      outcomes.add(usable(key(row)) ? judged.get(next++) : new Outcome.Rejected(Problems.NO_KEY));
    }
    return outcomes;
  }

  protected @Nullable String key(Row row) {
    return row.text(row.schema().index(GoldenDestination.ID));
  }

  /** A call for a member without an id could reach others. */
  protected boolean usable(@Nullable String key) {
    return key != null && !key.isBlank();
  }

  protected String body(ChangeKind kind, List<Row> rows) {
    List<Map<String, @Nullable Object>> members = new ArrayList<>();
    for (Row row : rows) {
      Map<String, @Nullable Object> member = new LinkedHashMap<>();
      for (FieldSpec field : row.schema().fields()) {
        member.put(field.name(), row.value(row.schema().index(field.name())));
      }
      member.put(GoldenDestination.ID, key(row));
      members.add(member);
    }
    return JsonMapper.shared().writeValueAsString(Map.of("members", members));
  }

  /** What a call's reply says of the members it carried. */
  protected BatchResult judge(List<String> keys, Reply reply) {
    int size = keys.size();
    if (reply instanceof Reply.NotSent notSent) {
      return all(size, new Outcome.Retryable(notSent.problem(), null));
    } else if (reply instanceof Reply.Refused refused) {
      return BatchResult.stopped(List.of(), size, refused.problem());
    } else if (!(reply instanceof Reply.Answer answer)) {
      return all(size, new Outcome.Unknown(Problems.UNAVAILABLE, null));
    } else {
      return judge(keys, answer);
    }
  }

  protected BatchResult judge(List<String> keys, Reply.Answer answer) {
    int size = keys.size();
    int status = answer.status();
    if (status == 200) {
      return results(keys, answer.json());
    } else if (status == 403) {
      return BatchResult.stopped(List.of(), size, Problems.PERMISSION);
    } else if (status == 404) {
      return BatchResult.stopped(List.of(), size, Problems.NO_LIST);
    } else if (status == 429) {
      return all(size, new Outcome.Retryable(Problems.THROTTLED, answer.retryAfter()));
    } else if (status >= 300 && status < 500 && status != 408) {
      // Refused as a whole, so nothing of it was applied.
      return BatchResult.stopped(List.of(), size, Problems.NOT_UNDERSTOOD);
    }
    return all(size, new Outcome.Unknown(Problems.UNAVAILABLE, answer.retryAfter()));
  }

  /** By id, and not by place: an answer that leaves a member out says nothing of them. */
  protected BatchResult results(List<String> keys, JsonNode json) {
    Map<String, String> words = new HashMap<>();
    for (JsonNode result : json.path("results")) {
      words.put(result.path("id").asString(""), result.path("result").asString(""));
    }
    return BatchResult.of(
        keys.stream().map(key -> outcome(words.getOrDefault(key, "nothing"))).toList());
  }

  protected Outcome outcome(String word) {
    return switch (word) {
      case "joined", "left" -> new Outcome.Delivered(Effect.CHANGED);
      case "already", "absent" -> new Outcome.Delivered(Effect.UNCHANGED);
      case "refused" -> new Outcome.Rejected(Problems.REFUSED);
      default -> new Outcome.Unknown(Problems.NOT_UNDERSTOOD, null);
    };
  }

  protected static BatchResult all(int size, Outcome outcome) {
    return BatchResult.of(Collections.nCopies(size, outcome));
  }

  @Override
  public void close() {
    closed = true;
    api.close();
  }
}
