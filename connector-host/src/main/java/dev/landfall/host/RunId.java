package dev.landfall.host;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;

/** Names runs so that names sort as the runs began. */
final class RunId {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private RunId() {}

  static String of(Instant startedAt) {
    int random = ThreadLocalRandom.current().nextInt(0x10000);
    return MOMENT.format(startedAt) + "-%04x".formatted(random);
  }

  /** What sorts before every run that began at a moment or later, and behind all others. */
  static String before(Instant moment) {
    return MOMENT.format(moment);
  }
}
