package dev.landfall.host.audience;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What a file looked like from outside, to tell whether it changed while it was read.
 *
 * @param size in bytes
 * @param modified when it was last written
 * @param key which file it is, where the file system can tell
 */
record Fingerprint(long size, FileTime modified, @Nullable Object key) {

  /** The fingerprint of a regular file that this process may read. */
  static Fingerprint of(Path file) {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw SourceProblems.missing(file);
    } catch (IOException e) {
      throw SourceProblems.unreadable(file);
    }
    if (attributes.isDirectory()) {
      throw SourceProblems.folder(file);
    }
    if (!attributes.isRegularFile()) {
      throw SourceProblems.notRegular(file);
    }
    if (!Files.isReadable(file)) {
      throw SourceProblems.unreadable(file);
    }
    return new Fingerprint(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
  }
}
