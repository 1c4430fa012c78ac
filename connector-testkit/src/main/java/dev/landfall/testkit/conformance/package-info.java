/**
 * The conformance kit: rules, the engine that tries a connector by them, and what it found. {@link
 * dev.landfall.testkit.conformance.Conformance} is the way in.
 */
@NullMarked
package dev.landfall.testkit.conformance;

import org.jspecify.annotations.NullMarked;
