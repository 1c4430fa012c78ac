package dev.landfall.host.manifest;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** Writes plain maps, lists, texts, numbers and flags as JSON, the same bytes every time. */
final class JsonWriter {

  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator out;
  private final boolean sorted;

  private JsonWriter(JsonGenerator out, boolean sorted) {
    this.out = out;
    this.sorted = sorted;
  }

  /** One line, names sorted: two spellings of one document give the same text. */
  static String canonical(Map<String, ?> object) {
    return text(object, true, null);
  }

  /** For people: two blanks of indentation, names as they come, a line feed at the end. */
  static String pretty(Map<String, ?> object) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectNameValueSpacing(Separators.Spacing.AFTER));
    return text(object, false, printer.withObjectIndenter(lines).withArrayIndenter(lines)) + "\n";
  }

  private static String text(
      Map<String, ?> object, boolean sorted, @Nullable PrettyPrinter printer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ObjectWriteContext context =
        new ObjectWriteContext.Base() {
          @Override
          public @Nullable PrettyPrinter getPrettyPrinter() {
            return printer;
          }

          @Override
          public boolean hasPrettyPrinter() {
            return printer != null;
          }
        };
    try (JsonGenerator out = JSON.createGenerator(context, bytes)) {
      new JsonWriter(out, sorted).value(object);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void value(Object value) {
    if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      (sorted ? new TreeMap<>(map) : map).forEach((name, member) -> member((String) name, member));
      out.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      out.writeStartArray();
      list.forEach(this::value);
      out.writeEndArray();
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Long number) {
      out.writeNumber(number);
    } else if (value instanceof Integer number) {
      out.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      out.writeNumber(number);
    } else {
      out.writeString((String) value);
    }
  }

  private void member(String name, Object member) {
    out.writeName(name);
    value(member);
  }
}
