package dev.landfall.testkit.sandbox;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a sandbox answers.
 *
 * @param status the HTTP status
 * @param headers one value per name, in that order; copied
 * @param body the body; empty for none
 */
public record Answer(int status, Map<String, String> headers, String body) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Copies the headers. */
  public Answer {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /**
   * An answer without a body.
   *
   * @param status the HTTP status
   * @return the answer
   */
  public static Answer of(int status) {
    return new Answer(status, Map.of(), "");
  }

  /**
   * An answer in JSON.
   *
   * @param status the HTTP status
   * @param value maps, lists, texts, numbers, flags
   * @return the answer, with its content type
   */
  public static Answer json(int status, Object value) {
    return text(status, "application/json", JSON.writeValueAsString(value));
  }

  /**
   * An answer in plain text.
   *
   * @param status the HTTP status
   * @param body the body, sent as UTF-8
   * @return the answer, with its content type
   */
  public static Answer plain(int status, String body) {
    return text(status, "text/plain", body);
  }

  /**
   * An answer in any text.
   *
   * @param status the HTTP status
   * @param type the content type
   * @param body the body, sent as UTF-8
   * @return the answer
   */
  public static Answer text(int status, String type, String body) {
    return new Answer(status, Map.of("Content-Type", type), body);
  }

  /**
   * The same answer with one header more, or another value for one it has.
   *
   * @param name the header's name
   * @param value its value
   * @return a changed copy
   */
  public Answer withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }

  /** Without headers and body, which may hold a token. */
  @Override
  public String toString() {
    return "Answer[" + status + "]";
  }
}
