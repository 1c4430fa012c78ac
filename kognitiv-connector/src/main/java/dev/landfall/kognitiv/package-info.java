/**
 * Kognitiv Inspire as a destination: adds members to a promotional member group, and removes them.
 * {@link dev.landfall.kognitiv.KognitivDestination} is the front door; {@link
 * dev.landfall.kognitiv.KognitivProblem} lists everything that it can report.
 */
@NullMarked
package dev.landfall.kognitiv;

import org.jspecify.annotations.NullMarked;
