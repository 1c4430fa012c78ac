/**
 * Measures Landfall beside a peer or the bare library, in the same run. Each class is a program.
 */
@NullMarked
package dev.landfall.benchmarks;

import org.jspecify.annotations.NullMarked;
