package dev.landfall.host.manifest;

import dev.landfall.connector.settings.Violation;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON read into plain maps, lists, texts, numbers and flags; token by token, so that every name
 * that stands twice is found, each with its place, where a parser would stop at the first.
 */
final class JsonText {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * What was read.
   *
   * @param object the document; null if it is no JSON object
   * @param violations what is wrong with it as JSON
   */
  record Read(@Nullable Map<String, Object> object, List<Violation> violations) {}

  private final List<Violation> violations = new ArrayList<>();

  private JsonText() {}

  static Read read(byte[] bytes) {
    JsonText text = new JsonText();
    return new Read(text.document(bytes), List.copyOf(text.violations));
  }

  /** A file's text, so that columns count characters; empty if it is no UTF-8. */
  static Optional<String> characters(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      // UTF-16 without a mark passes for UTF-8 with a NUL beside each letter.
      return text.indexOf('\0') >= 0
          ? Optional.empty()
          : Optional.of(text.startsWith("\ufeff") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  static JsonParser parser(String text) {
    return JSON.createParser(ObjectReadContext.empty(), text);
  }

  private @Nullable Map<String, Object> document(byte[] bytes) {
    try (JsonParser parser =
        characters(bytes)
            .map(JsonText::parser)
            .orElseGet(() -> JSON.createParser(ObjectReadContext.empty(), bytes))) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        wrong(
            "",
            "manifest.type",
            first == null ? "The manifest is empty." : "A manifest is a JSON object: { … }.");
        return null;
      }
      Map<String, Object> object = object(parser);
      if (parser.nextToken() != null) {
        wrong(
            "",
            "manifest.syntax",
            "Something follows the manifest's closing brace, at "
                + place(parser.currentTokenLocation())
                + ".");
      }
      return object;
    } catch (JacksonException e) {
      // The parser's own message repeats what stands there, which may be a secret.
      wrong(
          "",
          "manifest.syntax",
          e instanceof UnexpectedEndOfInputException
              ? "The manifest is no valid JSON: it ends too early, at "
                  + place(e.getLocation())
                  + "."
              : "The manifest is no valid JSON: see " + place(e.getLocation()) + ".");
      return null;
    }
  }

  private Map<String, Object> object(JsonParser parser) {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      TokenStreamLocation place = parser.currentTokenLocation();
      parser.nextToken();
      String pointer = parser.streamReadContext().pathAsPointer().toString();
      Object value = value(parser);
      if (value == null) {
        wrong(pointer, "manifest.null", "null says nothing here; leave \"" + name + "\" out.");
      } else if (object.putIfAbsent(name, value) != null) {
        wrong(
            pointer,
            "manifest.duplicate",
            "\"" + name + "\" stands here twice, again at " + place(place) + "; keep one of them.");
      }
    }
    return object;
  }

  private List<Object> list(JsonParser parser) {
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String pointer = parser.streamReadContext().pathAsPointer().toString();
      Object value = value(parser);
      if (value == null) {
        wrong(pointer, "manifest.null", "null says nothing in a list.");
      } else {
        list.add(value);
      }
    }
    return list;
  }

  private @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      default -> null;
    };
  }

  /** JSON has one kind of number: 20 and 2.0e1 are the same, as JSON Schema sees it too. */
  private static Object number(JsonParser parser) {
    BigDecimal number = parser.getDecimalValue();
    try {
      return number.longValueExact();
    } catch (ArithmeticException notAWholeNumberOf64Bits) {
      return number;
    }
  }

  private static String place(@Nullable TokenStreamLocation location) {
    return location == null
        ? "an unknown place"
        : "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private void wrong(String pointer, String code, String message) {
    violations.add(new Violation(pointer, code, message));
  }
}
