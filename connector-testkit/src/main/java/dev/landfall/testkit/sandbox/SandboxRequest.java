package dev.landfall.testkit.sandbox;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where and how to start a sandbox.
 *
 * @param port the port on loopback, 0 to 65535; 0 takes any that is free
 * @param folder where its state is kept; made if it does not exist, and used by one sandbox at a
 *     time
 * @param target raw target settings of a sync; the sandbox makes what they name exist; may be empty
 * @param clock the time that tokens and rate limits go by
 */
public record SandboxRequest(int port, Path folder, Map<String, Object> target, Clock clock) {

  /**
   * Copies the target settings.
   *
   * @throws IllegalArgumentException if there can be no such port
   */
  public SandboxRequest {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("A port lies between 0 and 65535, not " + port);
    }
    Objects.requireNonNull(folder, "folder");
    target = Collections.unmodifiableMap(new LinkedHashMap<>(target));
    Objects.requireNonNull(clock, "clock");
  }

  /**
   * A request for any free port, no target, and the system's clock.
   *
   * @param folder where the state is kept
   * @return the request
   */
  public static SandboxRequest in(Path folder) {
    return new SandboxRequest(0, folder, Map.of(), Clock.systemUTC());
  }

  /**
   * The same request for a port.
   *
   * @param value the port; 0 takes any that is free
   * @return a changed copy
   */
  public SandboxRequest withPort(int value) {
    return new SandboxRequest(value, folder, target, clock);
  }

  /**
   * The same request for a target.
   *
   * @param value raw target settings
   * @return a changed copy
   */
  public SandboxRequest withTarget(Map<String, ?> value) {
    return new SandboxRequest(port, folder, new LinkedHashMap<>(value), clock);
  }

  /**
   * The same request with a clock.
   *
   * @param value the time that tokens and rate limits go by
   * @return a changed copy
   */
  public SandboxRequest withClock(Clock value) {
    return new SandboxRequest(port, folder, target, value);
  }
}
