/**
 * A folder into which Kognitiv's Case Sync drops its files, for the conformance kit: written by
 * what the page "Case Sync" says, with none of the connector's code.
 */
@NullMarked
package dev.landfall.kognitiv.sandbox.casesync;

import org.jspecify.annotations.NullMarked;
