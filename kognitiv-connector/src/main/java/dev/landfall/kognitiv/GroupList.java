package dev.landfall.kognitiv;

import dev.landfall.connector.outcome.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks the list of groups whether a group exists. The list may be forbidden, and whether it names
 * external references is not published; so it may be unable to tell.
 */
final class GroupList {

  private static final List<String> REFERENCE_FIELDS =
      List.of(
          "externalReference",
          "groupExternalReference",
          "externalReferenceId",
          "externalId",
          "reference");

  /** What the list says of a group. */
  enum Sighting {
    /** It lists the group. */
    PRESENT,
    /** It lists every group with its reference, and this one is not among them. */
    ABSENT,
    /** It cannot tell, and will not be able to. */
    CANNOT_TELL,
    /** It did not answer this time. */
    NO_ANSWER
  }

  /**
   * What was seen.
   *
   * @param sighting what the list says
   * @param why one sentence of what was seen
   * @param wrong why a sync would fail too, where the answer shows that
   */
  record Finding(Sighting sighting, String why, @Nullable Problem wrong) {

    private static Finding of(Sighting sighting, String why) {
      return new Finding(sighting, why, null);
    }
  }

  private final KognitivCalls calls;
  private final String reference;

  GroupList(KognitivCalls calls, String reference) {
    this.calls = calls;
    this.reference = reference;
  }

  Finding ask() {
    Reply reply = calls.groups();
    if (reply instanceof Answer answer) {
      return judge(answer);
    }
    if (reply instanceof Reply.NoToken noToken) {
      return noAnswer(noToken.problem(), noToken.passing());
    }
    if (reply instanceof Reply.NotSent notSent) {
      return noAnswer(notSent.problem(), notSent.passing());
    }
    return noAnswer(((Reply.Lost) reply).problem(), true);
  }

  private static Finding noAnswer(Problem problem, boolean passing) {
    return new Finding(
        Sighting.NO_ANSWER,
        "The list of groups gave no answer: " + problem.message(),
        passing ? null : problem);
  }

  private Finding judge(Answer answer) {
    int status = answer.status();
    if (status == 401) {
      return new Finding(
          Sighting.CANNOT_TELL,
          "The list of groups refuses the token.",
          KognitivProblem.TOKEN_REJECTED.problem());
    }
    if (status >= 300 && status < 400) {
      Problem problem = KognitivProblem.REDIRECTED.problem();
      return new Finding(Sighting.CANNOT_TELL, problem.message(), problem);
    }
    if (status == 403) {
      return Finding.of(
          Sighting.CANNOT_TELL, "The credentials may not list the groups (HTTP 403).");
    }
    if (status == 408 || status == 429 || status >= 500) {
      return Finding.of(
          Sighting.NO_ANSWER, "The list of groups gave no answer (HTTP " + status + ").");
    }
    if (!answer.success()) {
      return Finding.of(Sighting.CANNOT_TELL, "The list of groups answers HTTP " + status + ".");
    }
    if (answer.contradictsItself()) {
      return Finding.of(
          Sighting.CANNOT_TELL, "The list of groups answers with something that is no list.");
    }
    return answer
        .json()
        .map(this::search)
        .orElseGet(() -> Finding.of(Sighting.CANNOT_TELL, "The list of groups is empty-handed."));
  }

  private Finding search(JsonNode json) {
    JsonNode groups = json.isArray() ? json : json.path("data");
    if (!groups.isArray()) {
      return Finding.of(
          Sighting.CANNOT_TELL, "The list of groups has a form that is not known here.");
    }
    boolean complete = !goesOn(json, groups.size());
    for (JsonNode group : groups) {
      Optional<String> listed = reference(group);
      if (listed.filter(reference::equals).isPresent()) {
        return Finding.of(Sighting.PRESENT, "The group is in the list of groups.");
      }
      // Whether references differ by case is not published either.
      complete = complete && listed.filter(r -> !r.equalsIgnoreCase(reference)).isPresent();
    }
    return complete
        ? Finding.of(Sighting.ABSENT, "The group is not in the list of groups.")
        : Finding.of(
            Sighting.CANNOT_TELL,
            "The list of groups does not name every group's external reference.");
  }

  /** Whether there are more groups than these; how Kognitiv pages, if it does, is not published. */
  private static boolean goesOn(JsonNode json, int listed) {
    JsonNode next = json.path("links").path("next");
    boolean linked = next.isContainer() ? !next.isEmpty() : !next.asString("").isEmpty();
    return linked
        || json.path("meta")
            .propertyStream()
            .anyMatch(e -> counts(e.getKey(), e.getValue(), listed));
  }

  private static boolean counts(String name, JsonNode value, int listed) {
    if (value.isObject()) {
      return value.propertyStream().anyMatch(e -> counts(e.getKey(), e.getValue(), listed));
    }
    String word = name.toLowerCase(Locale.ROOT);
    boolean total = word.contains("total") || word.contains("count");
    return total && value.isNumber() && value.asLong(0) > (word.contains("page") ? 1 : listed);
  }

  private static Optional<String> reference(JsonNode group) {
    return REFERENCE_FIELDS.stream()
        .map(field -> group.path(field).asString(""))
        .filter(text -> !text.isEmpty())
        .findFirst();
  }
}
