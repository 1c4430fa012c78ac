/**
 * Rows of a stream on their way to a destination: read from where the last run stopped, sent window
 * by window, and passed for good only once all of a window is recorded.
 */
@NullMarked
package dev.landfall.host.incremental;

import org.jspecify.annotations.NullMarked;
