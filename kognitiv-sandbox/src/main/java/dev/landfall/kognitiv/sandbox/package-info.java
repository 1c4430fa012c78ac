/**
 * Kognitiv Inspire on this machine: token endpoint and promotional member groups. Where the API's
 * behaviour is not published, {@link dev.landfall.kognitiv.sandbox.Switches} choose among what it
 * may do; a request that it would not take fails here too.
 */
@NullMarked
package dev.landfall.kognitiv.sandbox;

import org.jspecify.annotations.NullMarked;
