/**
 * Takes the planned changes of a run through a connector's session: intents before, settlements
 * after, and books that balance on every path. {@link dev.landfall.host.delivery.Delivery} is the
 * front door.
 */
@NullMarked
package dev.landfall.host.delivery;

import org.jspecify.annotations.NullMarked;
