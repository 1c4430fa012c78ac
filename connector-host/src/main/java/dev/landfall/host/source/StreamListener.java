package dev.landfall.host.source;

import dev.landfall.connector.Malformed;
import java.util.List;

/** Hears of what is no row, on the thread that reads. */
public interface StreamListener {

  /** Hears nothing. */
  StreamListener NONE = new StreamListener() {};

  /**
   * Takes what could not be made rows, before any row that stands behind it is used. A {@link
   * dev.landfall.host.HostException} thrown out of it ends the reading.
   *
   * @param malformed at least one
   */
  default void aside(List<Malformed> malformed) {}

  /**
   * Takes something worth knowing.
   *
   * @param code stable, in the form of a problem code
   * @param message one sentence
   */
  default void notice(String code, String message) {}
}
