/** Tests of the sandbox, over HTTP. */
@NullMarked
package dev.landfall.kognitiv.sandbox.casesync;

import org.jspecify.annotations.NullMarked;
