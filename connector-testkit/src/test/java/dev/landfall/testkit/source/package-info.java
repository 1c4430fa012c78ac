/**
 * A source that keeps every rule, and sources that are broken in one way each, to see that the kit
 * notices, and that it blames what is broken and nothing else.
 */
@NullMarked
package dev.landfall.testkit.source;

import org.jspecify.annotations.NullMarked;
