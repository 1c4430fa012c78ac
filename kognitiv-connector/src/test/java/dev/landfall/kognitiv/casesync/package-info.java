/** Tests of the Case Sync, through its front door where nothing else is said. */
@NullMarked
package dev.landfall.kognitiv.casesync;

import org.jspecify.annotations.NullMarked;
