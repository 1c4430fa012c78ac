/** The destination against real HTTP servers on this machine. */
@NullMarked
package dev.landfall.kognitiv;

import org.jspecify.annotations.NullMarked;
