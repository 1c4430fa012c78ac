package dev.landfall.host.audience;

import java.nio.file.Path;

/**
 * A file and where its bytes can be read.
 *
 * @param file what messages call it
 * @param content the same file; of a packed one, a copy that is not
 */
record SourceFile(Path file, Path content) {}
