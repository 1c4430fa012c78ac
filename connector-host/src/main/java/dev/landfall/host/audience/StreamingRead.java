package dev.landfall.host.audience;

import dev.landfall.connector.SourceBatch;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.host.delivery.BreakOff;
import dev.landfall.host.delivery.Cancellation;
import dev.landfall.host.duckdb.Database;
import dev.landfall.host.source.StreamReading;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Reads a stream of a source connector from its beginning, and from there on like a file. */
final class StreamingRead {

  /** What a query over the stream calls it. */
  private static final String TABLE = "stream";

  private StreamingRead() {}

  static Audience read(
      Database database,
      AudienceRequest request,
      AudienceSource.Stream source,
      Cancellation cancellation) {
    try (StreamReading reading = StreamReading.open(source.request(), null, source.context())) {
      return BreakOff.onceEnded(
          cancellation,
          () -> breakOff(reading, database),
          () -> read(database, request, source, reading, cancellation));
    }
  }

  private static void breakOff(StreamReading reading, Database database) {
    database.interrupt();
    reading.breakOff();
  }

  private static Audience read(
      Database database,
      AudienceRequest request,
      AudienceSource.Stream source,
      StreamReading reading,
      Cancellation cancellation) {
    List<Column> columns = columns(reading.schema());
    if (source.query() == null) {
      AudienceTable.requireFit(request, columns);
    }
    database.run(
        reading.schema().fields().stream()
            .map(f -> Database.name(f.name()) + " " + stored(f.type()))
            .collect(Collectors.joining(", ", "create temp table " + TABLE + " (", ")")));
    long malformed = 0;
    Optional<SourceBatch> batch = reading.next(cancellation);
    while (batch.isPresent()) {
      if (!batch.get().malformed().isEmpty()) {
        malformed += batch.get().malformed().size();
        source.listener().aside(batch.get().malformed());
      }
      database.append("temp", TABLE, batch.get().rows(), StreamingRead::append);
      batch = reading.next(cancellation);
    }
    Audience audience =
        source.query() == null
            ? AudienceTable.write(database, request, TABLE, columns)
            : UserQuery.read(database, request, source.query());
    return audience.with(malformed);
  }

  private static List<Column> columns(RowSchema schema) {
    return schema.fields().stream().map(field -> new Column(field.name(), column(field))).toList();
  }

  /** A column's type in the words that {@link Column} knows. */
  private static String column(FieldSpec field) {
    return field.type() == FieldType.DECIMAL ? "DECIMAL" : stored(field.type());
  }

  private static String stored(FieldType type) {
    return switch (type) {
      // A number that DuckDB's decimals would be too short for is kept as its digits.
      case TEXT, DECIMAL -> "VARCHAR";
      case INTEGER -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case FLAG -> "BOOLEAN";
      case DATE -> "DATE";
      case DATE_TIME -> "TIMESTAMP";
      case INSTANT -> "TIMESTAMP WITH TIME ZONE";
    };
  }

  private static void append(DuckDBAppender appender, Row row) throws SQLException {
    for (int i = 0; i < row.schema().fields().size(); i++) {
      append(appender, row.value(i));
    }
  }

  private static void append(DuckDBAppender appender, @Nullable Object value) throws SQLException {
    if (value == null) {
      appender.appendNull();
    } else if (value instanceof String text) {
      appender.append(text);
    } else if (value instanceof Long number) {
      appender.append(number.longValue());
    } else if (value instanceof Double number) {
      appender.append(number.doubleValue());
    } else if (value instanceof BigDecimal number) {
      appender.append(number.toPlainString());
    } else if (value instanceof Boolean flag) {
      appender.append(flag.booleanValue());
    } else if (value instanceof LocalDate day) {
      appender.append(day);
    } else if (value instanceof LocalDateTime time) {
      appender.append(time);
    } else if (value instanceof Instant moment) {
      appender.append(moment.atOffset(ZoneOffset.UTC));
    } else {
      throw new IllegalStateException("No field holds a " + value.getClass());
    }
  }
}
