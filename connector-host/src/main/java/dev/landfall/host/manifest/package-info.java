/**
 * What a person writes to set a sync up: reads it, finds everything that is wrong with it at once,
 * and says in JSON Schema what may stand in it. One declaration of each setting serves all three.
 */
@NullMarked
package dev.landfall.host.manifest;

import org.jspecify.annotations.NullMarked;
