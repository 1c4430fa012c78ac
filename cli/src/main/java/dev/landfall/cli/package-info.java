/** The {@code landfall} command. */
@NullMarked
package dev.landfall.cli;

import org.jspecify.annotations.NullMarked;
