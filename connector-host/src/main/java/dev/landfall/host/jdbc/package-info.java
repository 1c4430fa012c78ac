/**
 * Queries over JDBC, read-only and streamed. The front doors are {@link
 * dev.landfall.host.jdbc.JdbcDrivers} and {@link dev.landfall.host.jdbc.JdbcQuery}.
 */
@NullMarked
package dev.landfall.host.jdbc;

import org.jspecify.annotations.NullMarked;
