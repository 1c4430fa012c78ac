/** Tests of the sandbox, over HTTP. */
@NullMarked
package dev.landfall.kognitiv.sandbox;

import org.jspecify.annotations.NullMarked;
