/**
 * What a run would do: the audience against the ledger, as a table of changes. Everything is SQL
 * over whole tables, so that millions of members need little memory.
 */
@NullMarked
package dev.landfall.host.plan;

import org.jspecify.annotations.NullMarked;
