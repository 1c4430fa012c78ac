/** Tests of the sandbox kit, against a small sandbox that is made with it. */
@NullMarked
package dev.landfall.testkit.sandbox;

import org.jspecify.annotations.NullMarked;
