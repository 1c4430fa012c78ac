/** What the guard looks for, by itself. */
@NullMarked
package dev.landfall.testkit.stage;

import org.jspecify.annotations.NullMarked;
