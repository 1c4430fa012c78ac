/** What a sync moves: modes, kinds of change, fields, rows and batches. */
@NullMarked
package dev.landfall.connector.sync;

import org.jspecify.annotations.NullMarked;
