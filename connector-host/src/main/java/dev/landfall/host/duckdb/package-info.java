/** DuckDB as the host uses it: bounded memory, its own temporary folder, one writer. */
@NullMarked
package dev.landfall.host.duckdb;

import org.jspecify.annotations.NullMarked;
