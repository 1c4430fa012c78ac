/**
 * Kognitiv's Case Sync as a source: the daily files of case updates and case entries, read into
 * rows, each event with a key of its own. {@link dev.landfall.kognitiv.casesync.CaseSyncSource} is
 * the front door.
 *
 * <p>What is said of the files comes from the page "Case Sync" of Kognitiv Loyalty; the sections
 * named here are the page's own: Case Synchronization Triggers, Case Updates File, Case Entry
 * Export. What the page leaves open is decided in {@code docs/decisions/300} to {@code 330}, and
 * told to users in {@code docs/case-sync.md}.
 */
@NullMarked
package dev.landfall.kognitiv.casesync;

import org.jspecify.annotations.NullMarked;
