/** A source connector and its system, to be packed as a plugin by a test. */
@NullMarked
package dev.landfall.cli.lines;

import org.jspecify.annotations.NullMarked;
