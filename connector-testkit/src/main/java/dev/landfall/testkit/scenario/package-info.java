/** The scenarios: one for each rule that can be tried, by chapters. */
@NullMarked
package dev.landfall.testkit.scenario;

import org.jspecify.annotations.NullMarked;
