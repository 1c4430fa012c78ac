/**
 * What became of each record. The rule behind every type here: a claim is made only for what was
 * observed; what was not observed has an outcome of its own, {@link
 * dev.landfall.connector.outcome.Outcome.Unknown}.
 */
@NullMarked
package dev.landfall.connector.outcome;

import org.jspecify.annotations.NullMarked;
