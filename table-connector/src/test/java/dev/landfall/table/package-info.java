@NullMarked
package dev.landfall.table;

import org.jspecify.annotations.NullMarked;
