/**
 * A destination that holds records and keeps every rule, in the same process as its system; and
 * what is wrong with others on purpose.
 */
@NullMarked
package dev.landfall.testkit.record;

import org.jspecify.annotations.NullMarked;
