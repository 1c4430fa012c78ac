/**
 * Systems on this machine for connectors to be tried against, and the kit they are made of.
 *
 * <p>Who uses a sandbox sees {@link dev.landfall.testkit.sandbox.SandboxProvider}, {@link
 * dev.landfall.testkit.sandbox.Sandbox}, its {@link dev.landfall.testkit.sandbox.SandboxState} and
 * its {@link dev.landfall.testkit.sandbox.Faults}. Who writes one says in an {@link
 * dev.landfall.testkit.sandbox.Application} what each {@link dev.landfall.testkit.sandbox.Call}
 * means, and starts a {@link dev.landfall.testkit.sandbox.SandboxServer}; the server, the faults
 * and the groups on disk come with the kit. Everything listens on loopback only.
 *
 * <p>What a source reads from need not be a sandbox: a {@link
 * dev.landfall.testkit.sandbox.SourceTestbed} fills its streams, and says what must be read.
 */
@NullMarked
package dev.landfall.testkit.sandbox;

import org.jspecify.annotations.NullMarked;
