package dev.landfall.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line for each event. Of an exception it writes class and place alone: the message may hold a
 * member, or what a system answered.
 */
final class LogLine extends EncoderBase<ILoggingEvent> {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final byte[] NOTHING = {};

  private final Logging.Format format;

  LogLine(Logging.Format format) {
    this.format = format;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    Map<String, Object> fields = fields(event);
    String line = format == Logging.Format.JSON ? JSON.writeValueAsString(fields) : text(fields);
    return (line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> fields(ILoggingEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("time", event.getInstant().truncatedTo(ChronoUnit.MILLIS).toString());
    fields.put("level", event.getLevel().toString());
    fields.putAll(event.getMDCPropertyMap());
    fields.put("logger", event.getLoggerName());
    fields.put("message", event.getFormattedMessage());
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      fields.put("exception", thrown.getClassName() + place(thrown));
    }
    return fields;
  }

  private static String place(IThrowableProxy thrown) {
    StackTraceElementProxy @Nullable [] frames = thrown.getStackTraceElementProxyArray();
    return frames == null || frames.length == 0 ? "" : " in " + frames[0].getStackTraceElement();
  }

  /** The fields one after the other, without a line feed that a message may hold. */
  private static String text(Map<String, Object> fields) {
    StringBuilder line = new StringBuilder();
    fields.values().forEach(value -> line.append(line.isEmpty() ? "" : " ").append(value));
    return line.toString().replaceAll("\\R", " ");
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
