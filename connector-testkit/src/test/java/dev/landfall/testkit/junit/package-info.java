@NullMarked
package dev.landfall.testkit.junit;

import org.jspecify.annotations.NullMarked;
