package dev.landfall.connector;

import java.time.Clock;
import java.util.Objects;

/** What a host lends a connector. Safe for use by several threads. */
public final class Context {

  /** Hears of things that are worth knowing and are no outcome of a record. */
  @FunctionalInterface
  public interface Notices {
    /**
     * Takes a notice.
     *
     * @param code stable, in the form of a problem code
     * @param message one sentence, without secrets or record values
     */
    void notice(String code, String message);
  }

  private final Clock clock;
  private final String userAgent;
  private final Notices notices;
  private final boolean deliveredBefore;

  private Context(Builder builder) {
    clock = builder.clock;
    userAgent = builder.userAgent;
    notices = builder.notices;
    deliveredBefore = builder.deliveredBefore;
  }

  /**
   * A builder with the system's clock, the user agent {@code Landfall}, and notices that are
   * dropped.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The clock for everything that depends on time, token expiry for instance.
   *
   * @return the clock
   */
  public Clock clock() {
    return clock;
  }

  /**
   * How the host wants to be named to the destination.
   *
   * @return the value of a User-Agent header (RFC 9110, section 10.1.5)
   */
  public String userAgent() {
    return userAgent;
  }

  /**
   * Whether the host remembers deliveries to the target and relies on them. A connector that can
   * make a target must not make one then: what was delivered is gone with the one before, and the
   * host would send only what is new.
   *
   * @return false for a first run, and for one that sends everything again
   */
  public boolean deliveredBefore() {
    return deliveredBefore;
  }

  /**
   * Tells the host something worth knowing that is no outcome of a record.
   *
   * @param code stable, in the form of a problem code
   * @param message one sentence, without secrets or record values
   */
  public void notice(String code, String message) {
    notices.notice(code, message);
  }

  /** Builds a context. */
  public static final class Builder {
    private Clock clock = Clock.systemUTC();
    private String userAgent = "Landfall";
    private Notices notices = (code, message) -> {};
    private boolean deliveredBefore;

    private Builder() {}

    /**
     * Sets the clock.
     *
     * @param value the clock; the system's by default
     * @return this builder
     */
    public Builder clock(Clock value) {
      clock = Objects.requireNonNull(value, "clock");
      return this;
    }

    /**
     * Sets the user agent.
     *
     * @param value the value of a User-Agent header; {@code Landfall} by default
     * @return this builder
     */
    public Builder userAgent(String value) {
      userAgent = Objects.requireNonNull(value, "userAgent");
      return this;
    }

    /**
     * Sets who hears notices.
     *
     * @param value called from any thread; nobody by default
     * @return this builder
     */
    public Builder notices(Notices value) {
      notices = Objects.requireNonNull(value, "notices");
      return this;
    }

    /**
     * Sets whether the host relies on earlier deliveries to the target.
     *
     * @param value false by default
     * @return this builder
     */
    public Builder deliveredBefore(boolean value) {
      deliveredBefore = value;
      return this;
    }

    /**
     * Builds the context.
     *
     * @return a context
     */
    public Context build() {
      return new Context(this);
    }
  }
}
