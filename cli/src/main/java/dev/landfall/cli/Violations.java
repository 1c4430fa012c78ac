package dev.landfall.cli;

import static dev.landfall.cli.Output.count;

import dev.landfall.connector.settings.Violation;
import dev.landfall.host.manifest.ManifestReader;
import dev.landfall.host.manifest.Places;
import dev.landfall.host.manifest.Places.Place;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wrong with a manifest, each thing at its place in the file. */
final class Violations {

  private static final int INDENT = 4;
  private static final String MORE = "…";

  private final String file;
  private final List<Violation> violations;
  private final Places places;

  Violations(String file, List<Violation> violations) {
    this.file = file;
    this.violations = violations;
    this.places = ManifestReader.places(Path.of(file));
  }

  /** A violation as JSON says it; line and column are counted from 1. */
  record Located(
      String pointer,
      String code,
      String message,
      @Nullable Integer line,
      @Nullable Integer column) {}

  /** For programs. */
  List<Located> located() {
    return violations.stream().map(this::located).toList();
  }

  private Located located(Violation violation) {
    Optional<Place> place = places.of(violation);
    return new Located(
        violation.pointer(),
        violation.code(),
        violation.message(),
        place.map(Place::line).orElse(null),
        place.map(Place::column).orElse(null));
  }

  /** For people. */
  void print(Output output) {
    output.line(
        Style.RED,
        count(violations.size(), "thing is", "things are") + " wrong with " + file + ":");
    List<Violation> asInTheFile =
        violations.stream().sorted(Comparator.comparingInt(this::line)).toList();
    for (Violation violation : asInTheFile) {
      Optional<Place> place = places.of(violation);
      output.pointer(
          violation.pointer().isEmpty() ? "(the manifest)" : violation.pointer(),
          place.map(p -> "  (line " + p.line() + ", column " + p.column() + ")").orElse(""));
      place.filter(p -> !p.text().isBlank()).ifPresent(p -> excerpt(output, p));
      output.paragraph(INDENT, violation.message());
    }
  }

  private int line(Violation violation) {
    return places.of(violation).map(Place::line).orElse(0);
  }

  private static void excerpt(Output output, Place place) {
    String number = " ".repeat(INDENT) + place.line() + " | ";
    int room = Terminal.COLUMNS - number.length();
    String text = place.text();
    int from = place.from();
    if (from + place.length() > room) {
      int cut = Math.max(0, from + Math.min(place.length(), room / 2) - room + 1);
      text = cut == 0 ? text : MORE + text.substring(Math.min(cut + 1, text.length()));
      from -= cut;
    }
    if (text.length() > room) {
      text = text.substring(0, room - 1) + MORE;
    }
    output.verbatim(0, number + text);
    output.caret(
        " ".repeat(number.length() - 2) + "| " + " ".repeat(from),
        "^".repeat(Math.min(place.length(), room - from)));
  }
}
