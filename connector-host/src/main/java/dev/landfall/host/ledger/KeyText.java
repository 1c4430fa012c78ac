package dev.landfall.host.ledger;

import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The key of a record as one text: that of its one field as it is, those of several fields as a
 * JSON array, so that no two keys have one text.
 */
public final class KeyText {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private KeyText() {}

  /** The one text of a key. */
  public static String of(List<String> parts) {
    return parts.size() == 1 ? parts.get(0) : JSON.writeValueAsString(parts);
  }

  /**
   * The texts of a key's fields.
   *
   * @param fields how many there are
   * @throws IllegalArgumentException if the text is no key of so many fields
   */
  public static List<String> parts(String text, int fields) {
    if (fields == 1) {
      return List.of(text);
    }
    try {
      List<String> parts = List.copyOf(Arrays.asList(JSON.readValue(text, String[].class)));
      if (parts.size() == fields) {
        return parts;
      }
    } catch (JacksonException | NullPointerException e) {
      // Told below, without the text: it names a person, perhaps.
    }
    throw new IllegalArgumentException("This is no key of " + fields + " fields");
  }
}
