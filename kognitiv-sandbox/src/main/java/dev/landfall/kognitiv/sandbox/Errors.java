package dev.landfall.kognitiv.sandbox;

import dev.landfall.testkit.sandbox.Answer;
import java.util.List;
import java.util.Map;

/**
 * Failures in the API's envelope. The shape of an item is not published; code and detail are this
 * sandbox's own.
 */
final class Errors {

  static final Answer NO_ROUTE = of(404, "route-not-found", "No such resource.");
  static final Answer NOT_FOUND = of(404, "not-found", "Not found.");
  static final Answer GROUP_NOT_FOUND =
      of(404, "group-not-found", "Group external reference not found.");
  static final Answer MEMBER_NOT_FOUND = of(404, "member-not-found", "Member not found.");
  static final Answer NOT_IN_GROUP =
      of(404, "member-not-found", "Member not found in the promotional member group.");
  static final Answer ALREADY_A_MEMBER =
      of(409, "already-a-member", "The member is already a member of the group.");
  static final Answer SUSPENDED =
      of(422, "member-inactive", "Inactive members cannot be in promotional member groups.");
  static final Answer INVALID_ID = of(400, "invalid-internal-id", "Invalid member internal id.");
  static final Answer FORBIDDEN = of(403, "forbidden", "The credential lacks the permission.");
  static final Answer BODY = of(400, "unexpected-body", "The request takes no body.");
  static final Answer QUERY = of(400, "unexpected-query", "The request takes no query.");
  static final Answer UNDECODABLE = of(400, "bad-request", "The path cannot be decoded.");
  static final Answer TOO_MANY =
      of(429, "too-many-requests", "Too many requests.").withHeader("Retry-After", "1");

  private Errors() {}

  static Answer methodNotAllowed(String allowed) {
    return of(405, "method-not-allowed", "The method is not allowed here.")
        .withHeader("Allow", allowed);
  }

  static Answer unauthorized(boolean tokenWasSent) {
    return of(401, "unauthorized", "The access token is missing, expired or revoked.")
        .withHeader("WWW-Authenticate", tokenWasSent ? "Bearer error=\"invalid_token\"" : "Bearer");
  }

  private static Answer of(int status, String code, String detail) {
    return Answer.json(status, Map.of("errors", List.of(Map.of("code", code, "detail", detail))));
  }
}
