/**
 * The contracts between a connector and a host.
 *
 * <p>A connector implements {@link dev.landfall.connector.Destination} or {@link
 * dev.landfall.connector.Source} and is found by {@link java.util.ServiceLoader}; what else it can
 * do it says by implementing a mix-in such as {@link dev.landfall.connector.DescribesFields}. The
 * host owns threads, the clock, retries across batches and the memory of what was done.
 */
@NullMarked
package dev.landfall.connector;

import org.jspecify.annotations.NullMarked;
