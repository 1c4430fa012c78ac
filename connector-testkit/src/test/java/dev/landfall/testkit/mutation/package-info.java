/** What {@code benchmarks/run mutation} tries mutants of scenarios and guard with. */
@NullMarked
package dev.landfall.testkit.mutation;

import org.jspecify.annotations.NullMarked;
