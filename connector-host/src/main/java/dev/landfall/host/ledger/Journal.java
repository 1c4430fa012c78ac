package dev.landfall.host.ledger;

import java.util.List;

/**
 * Where a delivery writes before and after it sends. Both methods return only once what they were
 * given is durable, and throw {@link dev.landfall.host.HostException} if it cannot be: then nothing
 * more may be sent. Not safe for use by several threads.
 */
public interface Journal {

  /** Commits changes as about to be sent, so that a crash leaves them UNKNOWN. */
  void intend(List<Change> window);

  /** Commits what became of changes that were intended. */
  void record(List<Settlement> settlements);
}
