package dev.landfall.cli;

import dev.landfall.testkit.report.Certificate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What the certificate beside a connector's jars says of those jars. */
enum Certified {
  /** They were tried, and conform. */
  CONFORMS("certified"),
  /** They were tried, and conform but for violations that were known and had a reason. */
  CONFORMS_BUT_FOR_KNOWN("certified, but for known violations"),
  /** They were tried, and do not conform. */
  DOES_NOT_CONFORM("tried, and not conforming"),
  /** Others were tried. */
  OTHER_JARS("its jars are not those that were certified"),
  /** There is no certificate. */
  NONE("not certified");

  private final String words;

  Certified(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  static Certified in(Path plugin, String connector) {
    Optional<Certificate> certificate = Certificate.in(plugin, connector);
    if (certificate.isEmpty()) {
      return NONE;
    }
    try {
      if (!certificate.get().covers(plugin)) {
        return OTHER_JARS;
      }
    } catch (IOException e) {
      // What cannot be compared is not certified.
      return OTHER_JARS;
    }
    if (!certificate.get().conforms()) {
      return DOES_NOT_CONFORM;
    }
    return certificate.get().known().isEmpty() ? CONFORMS : CONFORMS_BUT_FOR_KNOWN;
  }
}
