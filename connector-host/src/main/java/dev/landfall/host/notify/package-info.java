/** Tells others how runs end: a webhook, or a command. */
@NullMarked
package dev.landfall.host.notify;

import org.jspecify.annotations.NullMarked;
