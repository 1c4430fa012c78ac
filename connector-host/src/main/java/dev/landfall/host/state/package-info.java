/**
 * The state folder: one folder for each sync, who may write to it, and which sync holds which
 * target.
 */
@NullMarked
package dev.landfall.host.state;

import org.jspecify.annotations.NullMarked;
