package dev.landfall.host.audience;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
    List<Path> found = new ArrayList<>();
    for (Path folder : folders) {
      if (isFolder(folder)) {
        if (WILDCARD.matcher(name).find()) {
          found.addAll(fitting(folder, pattern(name)));
        } else if (isThere(folder.resolve(name))) {
          found.add(folder.resolve(name));
        }
      }
    }
    return found;
  }

  private static List<Path> fitting(Path folder, Pattern pattern) {
    List<Path> fitting = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (pattern.matcher(entry.getFileName().toString()).matches()) {
          fitting.add(entry);
        }
      }
      return fitting;
    } catch (IOException | DirectoryIteratorException e) {
      throw SourceProblems.unreadable(folder);
    }
  }

  /** What cannot be looked at may hold members: it is refused, and not passed over. */
  private static boolean isFolder(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).isDirectory();
    } catch (IOException e) {
      throw SourceProblems.unreadable(path);
    }
  }

  private static boolean isThere(Path path) {
    try {
      Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw SourceProblems.unreadable(path);
    }
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
