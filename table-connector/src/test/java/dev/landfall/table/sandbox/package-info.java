@NullMarked
package dev.landfall.table.sandbox;

import org.jspecify.annotations.NullMarked;
