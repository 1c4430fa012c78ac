package dev.landfall.testkit.sandbox;

import java.util.List;

/** The part of a sandbox that hands out tokens. Safe for use by several threads. */
public interface Authority {

  /**
   * The calls that ask for a token, in the sandbox's own words.
   *
   * @return the kind that they are counted by, and that faults are aimed by
   */
  String calls();

  /**
   * Makes every token that was handed out so far worthless, before its time.
   *
   * @return how many there were
   */
  int revokeAll();

  /**
   * Makes each token that is handed out from now on good for so many calls only.
   *
   * @param uses how many calls a token is good for; {@link Long#MAX_VALUE} for no bound
   */
  void expireAfterUses(long uses);

  /**
   * Refuses the credentials from now on, or takes them again.
   *
   * @param refused whether they are refused
   */
  void refuseCredentials(boolean refused);

  /**
   * The tokens that were handed out since the sandbox was started.
   *
   * @return at least the latest thousand, to be looked for where they must not be
   */
  List<String> handedOut();
}
