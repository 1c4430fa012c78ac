package dev.landfall.testkit.golden;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.settings.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** What was seen of a call. */
public sealed interface Reply {

  /** Whole, whatever it says. */
  record Answer(int status, @Nullable Duration retryAfter, String body) implements Reply {
    /** The body, or a missing node if it is no JSON. */
    public JsonNode json() {
      try {
        return JsonMapper.shared().readTree(body);
      } catch (JacksonException e) {
        return MissingNode.getInstance();
      }
    }

    /** Without the body, which may hold a token or members. */
    @Override
    public String toString() {
      return "Answer[" + status + "]";
    }
  }

  /** A token was handed out. */
  record Token(Secret value) implements Reply {}

  /** Nothing was sent, and nothing will be before a person acts. */
  record Refused(Problem problem) implements Reply {}

  /** Nothing was sent this time. */
  record NotSent(Problem problem) implements Reply {}

  /** It was sent, or may have been; nobody knows what became of it. */
  record Lost(Problem problem) implements Reply {}
}
