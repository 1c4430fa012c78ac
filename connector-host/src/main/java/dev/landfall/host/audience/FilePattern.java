package dev.landfall.host.audience;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A path whose names may hold wildcards: {@code *} for any characters of a name, {@code ?} for one.
 * As in a shell they fit no dot at the beginning: such names are for files that are being written.
 */
final class FilePattern {

  private static final Pattern WILDCARD = Pattern.compile("[*?]");

  private FilePattern() {}

  /** The files, sorted; a path without wildcards, or that is there to the character, is itself. */
  static List<Path> files(Path path) {
    if (!WILDCARD.matcher(path.toString()).find()
        || Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return List.of(path);
    }
    if (path.toString().contains("**")) {
      throw SourceProblems.anyDepth(path);
    }
    Path absolute = path.toAbsolutePath();
    List<Path> found = List.of(absolute.getRoot());
    for (Path name : absolute) {
      found = below(found, name.toString());
    }
    if (found.isEmpty()) {
      throw SourceProblems.noMatch(path);
    }
    return found.stream().sorted().toList();
  }

  private static List<Path> below(List<Path> folders, String name) {
    if (!WILDCARD.matcher(name).find()) {
      return folders.stream().map(f -> f.resolve(name)).filter(Files::exists).toList();
    }
    Pattern pattern = pattern(name);
    List<Path> found = new ArrayList<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
          entries.forEach(
              entry -> {
                if (pattern.matcher(entry.getFileName().toString()).matches()) {
                  found.add(entry);
                }
              });
        } catch (IOException e) {
          throw SourceProblems.unreadable(folder);
        }
      }
    }
    return found;
  }

  private static Pattern pattern(String name) {
    StringBuilder regex = new StringBuilder(name.startsWith(".") ? "" : "(?!\\.)");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
