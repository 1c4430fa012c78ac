/** The host's front door. */
@NullMarked
package dev.landfall.host;

import org.jspecify.annotations.NullMarked;
