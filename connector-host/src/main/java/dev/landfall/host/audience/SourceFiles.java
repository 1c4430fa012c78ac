package dev.landfall.host.audience;

import dev.landfall.host.HostException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that a path names, in the order in which they are read, and what they looked like
 * before.
 */
final class SourceFiles {

  private final Path path;
  private final Map<Path, Fingerprint> prints;
  private final Format format;

  private SourceFiles(Path path, Map<Path, Fingerprint> prints) {
    this.path = path;
    this.prints = prints;
    format = format();
  }

  /** The file of that name; or, if there is none, all that fit its wildcards. */
  static SourceFiles of(Path path) {
    Map<Path, Fingerprint> prints = prints(path);
    prints.forEach(
        (file, print) -> {
          if (print.size() == 0) {
            throw SourceProblems.empty(file);
          }
        });
    return new SourceFiles(path, prints);
  }

  /** The format of each of them. */
  Format commonFormat() {
    return format;
  }

  List<Path> files() {
    return List.copyOf(prints.keySet());
  }

  /** Refuses files of which one came, went, or is no longer what it was. */
  void requireUnchanged() {
    Map<Path, Fingerprint> now;
    try {
      now = prints(path);
    } catch (HostException e) {
      throw SourceProblems.changed(path);
    }
    prints.forEach(
        (file, print) -> {
          if (!print.equals(now.get(file))) {
            throw SourceProblems.changed(file);
          }
        });
    if (now.size() != prints.size()) {
      throw SourceProblems.cameMeanwhile(path);
    }
  }

  private static Map<Path, Fingerprint> prints(Path path) {
    Map<Path, Fingerprint> prints = new LinkedHashMap<>();
    FilePattern.files(path).forEach(file -> prints.put(file, Fingerprint.of(file)));
    return prints;
  }

  private Format format() {
    Path first = files().get(0);
    Format format = Format.of(first);
    for (Path file : files()) {
      if (!Format.of(file).equals(format)) {
        throw SourceProblems.mixedFormats(path, first, file);
      }
    }
    return format;
  }
}
