/** A small connector for tests of the host, packed into a plugin while they run. */
@NullMarked
package dev.landfall.shelf;

import org.jspecify.annotations.NullMarked;
