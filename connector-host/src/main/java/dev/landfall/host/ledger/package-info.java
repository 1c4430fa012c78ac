/**
 * What the target is known to hold: one row for each member that is, or may be, in it. The rules
 * are in {@link dev.landfall.host.ledger.Rules}; storage keeps them through crashes.
 */
@NullMarked
package dev.landfall.host.ledger;

import org.jspecify.annotations.NullMarked;
