/**
 * Reads the streams of source connectors. Everything that a connector does wrong is a {@link
 * dev.landfall.host.HostException} here.
 */
@NullMarked
package dev.landfall.host.source;

import org.jspecify.annotations.NullMarked;
