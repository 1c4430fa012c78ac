/**
 * What a scenario works with: a fresh sandbox, the connector behind a guard that writes down all it
 * says, and a reckoning of who may be where.
 */
@NullMarked
package dev.landfall.testkit.stage;

import org.jspecify.annotations.NullMarked;
