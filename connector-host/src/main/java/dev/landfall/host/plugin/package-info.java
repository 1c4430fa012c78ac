/**
 * Loads connectors, each from a folder and a class loader of its own, so that nothing of a
 * connector's reaches the host or another connector. A plugin that cannot be loaded is reported
 * while its neighbours load.
 */
@NullMarked
package dev.landfall.host.plugin;

import org.jspecify.annotations.NullMarked;
