@NullMarked
package dev.landfall.testkit.report;

import org.jspecify.annotations.NullMarked;
