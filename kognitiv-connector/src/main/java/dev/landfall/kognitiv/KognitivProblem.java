package dev.landfall.kognitiv;

import static dev.landfall.connector.outcome.ProblemKind.AUTHENTICATION;
import static dev.landfall.connector.outcome.ProblemKind.CONFIGURATION;
import static dev.landfall.connector.outcome.ProblemKind.INTERNAL;
import static dev.landfall.connector.outcome.ProblemKind.PERMISSION;
import static dev.landfall.connector.outcome.ProblemKind.PROTOCOL;
import static dev.landfall.connector.outcome.ProblemKind.RECORD;
import static dev.landfall.connector.outcome.ProblemKind.TARGET_NOT_FOUND;
import static dev.landfall.connector.outcome.ProblemKind.THROTTLED;
import static dev.landfall.connector.outcome.ProblemKind.UNAVAILABLE;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;

/**
 * Everything that this connector can report: each problem with its kind, its stable code, what it
 * means and what to do about it. No problem is made anywhere else.
 */
public enum KognitivProblem {
  /** A session was asked for with a mode that groups do not have. */
  MODE_NOT_SUPPORTED(
      CONFIGURATION,
      "kognitiv.mode-not-supported",
      "A promotional member group takes the modes add, remove and mirror, and no other.",
      "Choose one of these modes in the sync manifest."),
  /** The token endpoint does not accept the client id and secret. */
  INVALID_CLIENT_CREDENTIALS(
      AUTHENTICATION,
      "kognitiv.invalid-client-credentials",
      "Kognitiv does not accept the client id and client secret.",
      "Verify that the client id and the client secret are correct and were not rotated; if needed,"
          + " generate new ones on the API Security Tokens page of Kognitiv Inspire."),
  /** The token endpoint does not accept the form of the request. */
  TOKEN_REQUEST_REFUSED(
      CONFIGURATION,
      "kognitiv.token-request-refused",
      "The token endpoint does not accept the form of the token request.",
      "Compare the advanced settings (name of the id field, Basic header, API domain, scope) with"
          + " what the Kognitiv account team says of your token endpoint."),
  /** There is no token endpoint at the address. */
  TOKEN_ENDPOINT_NOT_FOUND(
      CONFIGURATION,
      "kognitiv.token-endpoint-not-found",
      "There is no token endpoint at this address.",
      "Verify the API Base URL, and the token path if one is set."),
  /** The token endpoint gives no answer, or a server error. */
  TOKEN_ENDPOINT_UNAVAILABLE(
      UNAVAILABLE,
      "kognitiv.token-endpoint-unavailable",
      "The token endpoint cannot be reached or answers with a server error.",
      "Check the Kognitiv Inspire status page, and verify that the client credentials are still"
          + " active and were not revoked; then run the sync again."),
  /** The token endpoint answered, but gave no token that can be used. */
  TOKEN_ANSWER_UNUSABLE(
      PROTOCOL,
      "kognitiv.token-answer-unusable",
      "The token endpoint answered with success, but without a token that can be used.",
      "Run the sync again; if this persists, contact Kognitiv support."),
  /** The API refuses a token that its own token endpoint just gave. */
  TOKEN_REJECTED(
      AUTHENTICATION,
      "kognitiv.token-rejected",
      "Kognitiv refused a call twice with HTTP 401, the second time with a new token.",
      "Verify that the client credentials were not revoked and are meant for this API; compare the"
          + " advanced settings for API domain and scope with what your token endpoint needs."),
  /** The credentials are good, but may not do this. */
  PERMISSION_DENIED(
      PERMISSION,
      "kognitiv.permission-denied",
      "The credentials may not do this (HTTP 403).",
      "Give the API token the permission to change promotional member groups in Kognitiv Inspire."),
  /** The group does not exist. */
  GROUP_NOT_FOUND(
      TARGET_NOT_FOUND,
      "kognitiv.group-not-found",
      "The promotional member group does not exist in Kognitiv Inspire.",
      "Verify the group external reference in the Kognitiv admin console, under promotional member"
          + " group settings."),
  /** A removal was answered 404 while nothing has shown that the group exists. */
  GROUP_NOT_SEEN(
      TARGET_NOT_FOUND,
      "kognitiv.group-not-seen",
      "Kognitiv answered a removal with 404, and nothing shows yet that the group exists: the member"
          + " may have left it already, or the group reference may be wrong.",
      "Verify the group external reference in the Kognitiv admin console; once the group was seen,"
          + " the next run settles these members."),
  /** The list of groups cannot tell whether the group exists; told as a notice. */
  GROUP_NOT_VERIFIED(
      TARGET_NOT_FOUND,
      "kognitiv.group-not-verified",
      "The list of groups cannot tell whether the group exists.",
      "Verify the group external reference in the Kognitiv admin console."),
  /** There is no such member. */
  MEMBER_NOT_FOUND(
      RECORD,
      "kognitiv.member-not-found",
      "Kognitiv knows no member with this id (HTTP 404).",
      "Verify that the member exists, and that member_internal_id is Kognitiv's own internal id and"
          + " not an external or third-party id."),
  /** There is no such member or no such group; Kognitiv does not say which. */
  MEMBER_OR_GROUP_NOT_FOUND(
      RECORD,
      "kognitiv.member-or-group-not-found",
      "Kognitiv knows no member with this id, or no such group (HTTP 404); it does not say which.",
      "Verify the group external reference in the Kognitiv admin console, and that"
          + " member_internal_id is Kognitiv's own internal id of an existing member."),
  /** The member is inactive. */
  MEMBER_INACTIVE(
      RECORD,
      "kognitiv.member-inactive",
      "Kognitiv refused the member because it is inactive.",
      "Verify that the member is active: inactive (suspended) members cannot be added to groups."
          + " Members who were added may take a few minutes to appear in Kognitiv Inspire."),
  /** Kognitiv refuses this record. */
  MEMBER_REFUSED(
      RECORD,
      "kognitiv.member-refused",
      "Kognitiv refused this member.",
      "Verify that the member exists and is active, and that member_internal_id is Kognitiv's own"
          + " internal id."),
  /** The id cannot be sent. */
  MEMBER_ID_UNUSABLE(
      RECORD,
      "kognitiv.member-id-unusable",
      "The member id is empty, \".\", \"..\", or holds control characters, and cannot be part of an"
          + " address; no call was made.",
      "Correct the value that is mapped to member_internal_id."),
  /** Kognitiv asks for fewer calls. */
  THROTTLED_CALLS(
      THROTTLED,
      "kognitiv.throttled",
      "Kognitiv asks for fewer calls.",
      "Lower delivery.requestsPerSecond or delivery.maxInFlight, and ask the Kognitiv account team"
          + " for the rate limit of your deployment."),
  /** Kognitiv failed. */
  SERVER_ERROR(
      UNAVAILABLE,
      "kognitiv.server-error",
      "Kognitiv answered with a server error.",
      "Server errors are typically transient: the next run sends the record again. If they persist,"
          + " contact Kognitiv support with the member ids and the group reference."),
  /** No complete answer came in time. */
  TIMED_OUT(
      UNAVAILABLE,
      "kognitiv.timed-out",
      "Kognitiv gave no complete answer in time; the change may have been applied.",
      "The next run sends the record again; if this persists, raise the response and total time"
          + " limits or lower delivery.maxInFlight."),
  /** The connection broke after the request was sent. */
  CONNECTION_LOST(
      UNAVAILABLE,
      "kognitiv.connection-lost",
      "The connection broke before a complete answer came; the change may have been applied.",
      "The next run sends the record again; if this persists, look at the network between here and"
          + " Kognitiv."),
  /** No connection could be made. */
  UNREACHABLE(
      UNAVAILABLE,
      "kognitiv.unreachable",
      "Kognitiv cannot be connected to; nothing was sent.",
      "Verify the API Base URL, the network and the proxy, and check the Kognitiv Inspire status"
          + " page."),
  /** The server's certificate is not trusted here. */
  CERTIFICATE_NOT_TRUSTED(
      CONFIGURATION,
      "kognitiv.certificate-not-trusted",
      "The server's certificate is not trusted here, or is not for this host; nothing was sent.",
      "Verify the API Base URL; where a proxy brings its own certificate, put that into the JVM's"
          + " trust store."),
  /** A proxy refuses the way to Kognitiv. */
  PROXY_REFUSED(
      CONFIGURATION,
      "kognitiv.proxy-refused",
      "The HTTP proxy refuses the way to Kognitiv; nothing was sent to Kognitiv.",
      "Verify the JVM's proxy settings and credentials, and that the proxy lets this host through."),
  /** The answer is a redirect. */
  REDIRECTED(
      CONFIGURATION,
      "kognitiv.redirected",
      "The address answers with a redirect, which is never followed: credentials go to the"
          + " configured host only.",
      "Set the API Base URL to the address of the API itself."),
  /** The answer says that this is not the API. */
  UNEXPECTED_STATUS(
      CONFIGURATION,
      "kognitiv.unexpected-status",
      "The address answers with a status that the API does not use for members.",
      "Verify the API Base URL and the api-version."),
  /** A success that does not look like one. */
  ANSWER_UNUSABLE(
      PROTOCOL,
      "kognitiv.answer-unusable",
      "Kognitiv answered with success, but with a body that contradicts it; the change may have"
          + " been applied.",
      "Verify the API Base URL; if it is right, contact Kognitiv support with the group reference."),
  /** The session was closed. */
  SESSION_CLOSED(
      INTERNAL,
      "kognitiv.session-closed",
      "The session was closed while records were under way.",
      "Run the sync again: it continues where this one ended."),
  /** A batch that this connector did not declare. */
  BATCH_UNUSABLE(
      INTERNAL,
      "kognitiv.batch-unusable",
      "The batch holds changes that this destination does not take, or lacks member_internal_id.",
      "Report this: the host should have refused it."),
  /** A fault in the connector. */
  INTERNAL_ERROR(
      INTERNAL,
      "kognitiv.internal-error",
      "The connector failed on this record; the change may have been applied.",
      "Report this with the log.");

  private final ProblemKind kind;
  private final String code;
  private final String meaning;
  private final String remedy;

  KognitivProblem(ProblemKind kind, String code, String meaning, String remedy) {
    this.kind = kind;
    this.code = code;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /**
   * What sort of thing went wrong.
   *
   * @return the kind
   */
  public ProblemKind kind() {
    return kind;
  }

  /**
   * The stable code.
   *
   * @return a code that starts with {@code kognitiv.}
   */
  public String code() {
    return code;
  }

  /**
   * What the problem means.
   *
   * @return one sentence
   */
  public String meaning() {
    return meaning;
  }

  /**
   * What to do about it.
   *
   * @return a sentence or two
   */
  public String remedy() {
    return remedy;
  }

  /** The problem, with its meaning as the message. */
  Problem problem() {
    return problem(meaning);
  }

  /** The problem with a message of its own: never a secret, a record's value or a response body. */
  Problem problem(String message) {
    return new Problem(kind, code, message, remedy);
  }
}
