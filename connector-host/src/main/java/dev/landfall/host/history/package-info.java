/** What runs did: books that balance, kept as plain files beside the ledger. */
@NullMarked
package dev.landfall.host.history;

import org.jspecify.annotations.NullMarked;
