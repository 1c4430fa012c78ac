/**
 * A SQL table as a destination of records: inserts, updates, upserts and mirrors rows, in a DuckDB
 * file or in PostgreSQL. {@link dev.landfall.table.TableDestination} is the front door; {@link
 * dev.landfall.table.TableProblem} lists everything that it can report.
 */
@NullMarked
package dev.landfall.table;

import org.jspecify.annotations.NullMarked;
