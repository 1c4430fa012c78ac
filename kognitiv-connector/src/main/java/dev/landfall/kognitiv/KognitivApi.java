package dev.landfall.kognitiv;

import feign.HeaderMap;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import feign.Response;
import java.net.URI;
import java.util.Map;

/**
 * The calls as they go over the wire. Every method gives the plain response: Feign's own error
 * decoding would put the body into the message of an exception.
 *
 * <p>Path variables come encoded by {@link PathSegment}; slashes in them are never decoded.
 */
@Headers("Accept: application/json")
interface KognitivApi {

  /** Asks for a token with a form body. */
  @RequestLine("POST")
  @Headers("Content-Type: application/x-www-form-urlencoded")
  Response token(URI endpoint, @HeaderMap Map<String, String> headers, String form);

  /** Lists the promotional member groups. */
  @RequestLine("GET /api/groups/promotionalMember")
  Response groups(@HeaderMap Map<String, String> headers);

  /** Adds a member to a group. */
  @RequestLine(
      value = "PUT /api/groups/promotionalMember/{ref}/members/{memberId}",
      decodeSlash = false)
  Response add(
      @HeaderMap Map<String, String> headers,
      @Param(value = "ref", encoded = true) String ref,
      @Param(value = "memberId", encoded = true) String memberId);

  /** Removes a member from a group. */
  @RequestLine(
      value = "DELETE /api/groups/promotionalMember/{ref}/members/{memberId}",
      decodeSlash = false)
  Response remove(
      @HeaderMap Map<String, String> headers,
      @Param(value = "ref", encoded = true) String ref,
      @Param(value = "memberId", encoded = true) String memberId);
}
