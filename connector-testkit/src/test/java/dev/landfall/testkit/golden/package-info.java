/**
 * A connector that keeps every rule, and the system it writes to. It is small on purpose: begin a
 * connector of your own by copying it.
 */
@NullMarked
package dev.landfall.testkit.golden;

import org.jspecify.annotations.NullMarked;
