/**
 * An audience as a table: a file's members, one row each by identity, ids kept to the character.
 * The front door is {@link dev.landfall.host.audience.AudienceReader}.
 */
@NullMarked
package dev.landfall.host.audience;

import org.jspecify.annotations.NullMarked;
