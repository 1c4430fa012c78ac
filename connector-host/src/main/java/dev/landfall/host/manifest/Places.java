package dev.landfall.host.manifest;

import dev.landfall.connector.settings.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Where in a manifest's file each of its parts stands, so that a violation can be shown there. Of a
 * line only names are shown, and the one text that is wrong, if that cannot be a secret; every
 * other value is masked.
 */
public final class Places {

  /** No file, or none that can be read as text. */
  private static final Places NONE = new Places("");

  /** No person wrote a line that is longer. */
  private static final int LONGEST = 5_000;

  /** Where a person may have put credentials, and what encloses that. */
  private static final Set<String> CLOSED =
      Set.of(
          "",
          "/source",
          "/source/url",
          "/source/user",
          "/source/password",
          "/source/settings",
          "/destination",
          "/destination/connection");

  /**
   * A place in the file.
   *
   * @param line counted from 1
   * @param column in characters, counted from 1
   * @param text the line, with its values masked; empty if no person can have written it
   * @param from where in that text the wrong part begins, counted from 0
   * @param length how long that part is in the text; at least 1
   */
  public record Place(int line, int column, String text, int from, int length) {}

  /** Where a member's name and its value begin; the name is absent in a list and at the top. */
  private record Part(@Nullable Integer name, int value) {}

  private final String text;

  /** Where each line begins. */
  private final int[] lines;

  private final Map<String, Part> first = new HashMap<>();
  private final Map<String, Part> last = new HashMap<>();
  private @Nullable Integer broken;

  private Places(String text) {
    this.text = text;
    this.lines =
        IntStream.concat(
                IntStream.of(0),
                IntStream.range(0, text.length())
                    .filter(i -> text.charAt(i) == '\n')
                    .map(i -> i + 1))
            .toArray();
  }

  /**
   * Reads a manifest once more, for its places alone.
   *
   * @param file the manifest
   * @return its places; none if it cannot be read as text
   */
  static Places in(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(ManifestReader.LARGEST);
      return JsonText.characters(bytes).map(Places::of).orElse(NONE);
    } catch (IOException e) {
      // What cannot be read is a violation without a place.
      return NONE;
    }
  }

  private static Places of(String text) {
    Places places = new Places(text);
    try (JsonParser parser = JsonText.parser(text)) {
      Integer name = null;
      while (parser.nextToken() != null) {
        JsonToken token = parser.currentToken();
        int at = (int) parser.currentTokenLocation().getCharOffset();
        String pointer = parser.streamReadContext().pathAsPointer().toString();
        if (token == JsonToken.PROPERTY_NAME) {
          name = at;
        } else if (!token.isStructEnd()) {
          // The context of a bracket is what it opens, and has the pointer of the value already.
          if (pointer.isEmpty() && places.first.containsKey("")) {
            places.broken = at;
            break;
          }
          Part part = new Part(name, at);
          places.first.putIfAbsent(pointer, part);
          places.last.put(pointer, part);
          name = null;
        }
      }
    } catch (JacksonException e) {
      places.broken = offset(e, text);
    }
    return places;
  }

  private static @Nullable Integer offset(JacksonException e, String text) {
    return e.getLocation() == null
        ? null
        : (int) Math.max(0, Math.min(e.getLocation().getCharOffset(), text.length()));
  }

  /**
   * Where a violation is to be seen: at the value it is about; at the name, if that is what is
   * wrong; at the object that lacks it, if it is missing.
   *
   * @param violation a violation of this manifest
   * @return the place, or empty if the violation is about the file as a whole
   */
  public Optional<Place> of(Violation violation) {
    return switch (violation.code()) {
      case "manifest.unreadable" -> Optional.empty();
      case "manifest.syntax" -> Optional.ofNullable(broken).map(at -> place(at, 1, false));
      case "manifest.duplicate" ->
          Optional.ofNullable(last.get(violation.pointer())).map(this::atName);
      case "setting.unknown" ->
          Optional.ofNullable(first.get(violation.pointer())).map(this::atName);
      default -> {
        Part part = first.get(violation.pointer());
        yield part == null
            ? enclosing(violation.pointer()).map(this::atName)
            : Optional.of(atValue(part, violation));
      }
    };
  }

  private Optional<Part> enclosing(String pointer) {
    String at = pointer;
    while (!at.isEmpty()) {
      at = at.substring(0, at.lastIndexOf('/'));
      Part part = first.get(at);
      if (part != null) {
        return Optional.of(part);
      }
    }
    return Optional.empty();
  }

  private Place atName(Part part) {
    Integer name = part.name();
    return name == null ? atBracket(part) : place(name, MaskedLine.token(text, name), true);
  }

  private Place atBracket(Part part) {
    return place(part.value(), 1, false);
  }

  private Place atValue(Part part, Violation violation) {
    char begin = text.charAt(part.value());
    if (begin == '{' || begin == '[') {
      return atBracket(part);
    }
    int length = MaskedLine.token(text, part.value());
    String value = text.substring(part.value(), part.value() + length);
    return place(part.value(), length, mayBeShown(value, violation));
  }

  /** Nothing is given away by what the message says as well. */
  private static boolean mayBeShown(String value, Violation violation) {
    if (violation.code().equals("setting.secret-in-plain-text")
        || violation.code().startsWith("reference.")) {
      return false;
    }
    if (value.length() > 2 && value.startsWith("\"") && violation.message().contains(value)) {
      return true;
    }
    String pointer = violation.pointer();
    return !CLOSED.contains(pointer)
        && !pointer.startsWith("/source/settings/")
        && !pointer.startsWith("/destination/connection/");
  }

  private Place place(int at, int length, boolean shown) {
    int found = Arrays.binarySearch(lines, at);
    int number = found >= 0 ? found : -found - 2;
    int begin = lines[number];
    int end = text.indexOf('\n', at);
    String line = text.substring(begin, end < 0 ? text.length() : end);
    MaskedLine masked =
        line.length() > LONGEST
            ? new MaskedLine("", 0, 1)
            : MaskedLine.of(line, at - begin, length, shown);
    return new Place(number + 1, at - begin + 1, masked.text(), masked.from(), masked.length());
  }
}
