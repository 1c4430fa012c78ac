package dev.landfall.kognitiv.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which members there are, and how they stand.
 *
 * <p>A rule stands in for a list of millions. An id is 1 to 10 digits, not counting leading zeros,
 * and is the same with or without those. Ids below 8,000,000,000 are active members; from
 * 8,000,000,000 to 8,999,999,999 suspended ones; from 9,000,000,000 up, and 0, there is no member.
 * Anything else is no id. A test may say otherwise of single members, for the sandbox's life. Safe
 * for use by several threads.
 */
public final class Directory {

  /** How a member stands. */
  public enum Standing {
    /** May be in groups. */
    ACTIVE,
    /** Exists, and cannot be added to groups. */
    SUSPENDED,
    /** Does not exist. */
    MISSING,
    /** Cannot exist: no member has such an id. */
    INVALID
  }

  private static final Pattern ID = Pattern.compile("0*([0-9]{1,10})");
  private static final long FIRST_SUSPENDED = 8_000_000_000L;
  private static final long FIRST_MISSING = 9_000_000_000L;

  private final Map<String, Standing> exceptions = new ConcurrentHashMap<>();

  Directory() {}

  /**
   * Says how a member stands, whatever the rule says. Groups it is in keep it.
   *
   * @param id a member id
   * @param standing how it stands from now on
   * @throws IllegalArgumentException if it is no id
   */
  public void put(String id, Standing standing) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("A member id is 1 to 10 digits");
    }
    exceptions.put(canonical(id), standing);
  }

  /**
   * How a member stands.
   *
   * @param id what was sent as an id
   * @return what a test said of it, else what the rule says
   */
  public Standing standing(String id) {
    Matcher matcher = ID.matcher(id);
    if (!matcher.matches()) {
      return Standing.INVALID;
    }
    String canonical = canonical(id);
    return exceptions.getOrDefault(canonical, byRule(Long.parseLong(canonical)));
  }

  /** The id without leading zeros; what is no id stays as it is. */
  static String canonical(String id) {
    return ID.matcher(id).matches() ? id.replaceFirst("^0+(?=.)", "") : id;
  }

  private static Standing byRule(long id) {
    if (id == 0 || id >= FIRST_MISSING) {
      return Standing.MISSING;
    }
    return id >= FIRST_SUSPENDED ? Standing.SUSPENDED : Standing.ACTIVE;
  }
}
