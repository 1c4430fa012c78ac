/**
 * A database of its own on this machine, to try the table connector with; the one part of this
 * module that uses the kit. {@link dev.landfall.table.sandbox.TableSandboxProvider} is the front
 * door.
 */
@NullMarked
package dev.landfall.table.sandbox;

import org.jspecify.annotations.NullMarked;
