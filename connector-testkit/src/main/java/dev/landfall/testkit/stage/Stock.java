package dev.landfall.testkit.stage;

import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.testkit.sandbox.SourceTestbed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a stream was made to hold, and which record a row is. Safe for use by several threads. */
public final class Stock {

  private final String stream;
  private final @Nullable RowSchema declared;
  private final SourceTestbed testbed;
  private final Watch watch;
  private final Privacy privacy;
  private final List<List<@Nullable Object>> records = new ArrayList<>();
  private final Map<List<@Nullable Object>, Integer> numbers = new HashMap<>();
  private final List<String> malformed = new ArrayList<>();

  Stock(
      String stream,
      @Nullable RowSchema declared,
      SourceTestbed testbed,
      Watch watch,
      Privacy privacy) {
    this.stream = stream;
    this.declared = declared;
    this.testbed = testbed;
    this.watch = watch;
    this.privacy = privacy;
  }

  /**
   * Makes records exist, at the end of the stream.
   *
   * @param count how many; may be 0
   */
  public synchronized void add(int count) {
    if (count == 0) {
      return;
    }
    int first = records.size() + 1;
    int last = records.size() + count;
    watch.saw("the system gets records " + first + " to " + last + " in " + stream);
    testbed.makeRecords(stream, first, last);
    for (int number = first; number <= last; number++) {
      List<@Nullable Object> values = comparable(testbed.record(stream, number));
      if (numbers.put(values, number) != null) {
        throw new IllegalStateException(
            "The test bed gives two records of " + stream + " the same values, one is " + number);
      }
      records.add(values);
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i) instanceof String text && isConfidential(i)) {
          privacy.hides(text);
        }
      }
    }
  }

  private boolean isConfidential(int field) {
    return declared == null
        || field >= declared.fields().size()
        || testbed.isConfidential(stream, declared.fields().get(field).name());
  }

  /**
   * Puts something at the end of the stream that is no row.
   *
   * @return false if the stream cannot hold such things
   */
  public synchronized boolean addMalformed() {
    Optional<String> raw = testbed.makeMalformed(stream);
    if (raw.isPresent()) {
      watch.saw("the system gets something malformed in " + stream);
      malformed.add(raw.get());
      privacy.hides(raw.get());
    }
    return raw.isPresent();
  }

  /**
   * The name of the stream.
   *
   * @return the word in a manifest
   */
  public String stream() {
    return stream;
  }

  /**
   * How many records there are.
   *
   * @return the number of the last record
   */
  public synchronized int size() {
    return records.size();
  }

  /**
   * The records that follow one.
   *
   * @param number a record; 0 for all
   * @return the numbers, in order
   */
  public synchronized List<Integer> after(int number) {
    return IntStream.rangeClosed(number + 1, records.size()).boxed().toList();
  }

  /**
   * What there is that is no row.
   *
   * @return the texts, in order
   */
  public synchronized List<String> malformed() {
    return List.copyOf(malformed);
  }

  @Nullable RowSchema declared() {
    return declared;
  }

  synchronized Portion.Came came(Row row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < row.schema().fields().size(); i++) {
      values.add(row.value(i));
    }
    values = comparable(values);
    Integer number = numbers.get(values);
    return number == null
        ? new Portion.Came(0, "a row that is no record" + nearest(row, values))
        : new Portion.Came(number, "record " + number);
  }

  /** Which record a row nearly is, and the fields that differ. */
  private String nearest(Row row, List<@Nullable Object> values) {
    List<String> fewest = List.of();
    int nearest = 0;
    for (int number = 1; number <= records.size(); number++) {
      List<@Nullable Object> record = records.get(number - 1);
      if (record.size() == values.size()) {
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
          Object one = record.get(i);
          if (one == null ? values.get(i) != null : !one.equals(values.get(i))) {
            differing.add(row.schema().fields().get(i).name());
          }
        }
        if (differing.size() < values.size()
            && (nearest == 0 || differing.size() < fewest.size())) {
          nearest = number;
          fewest = differing;
        }
      }
    }
    return nearest == 0
        ? ""
        : " (it is like record " + nearest + " but for " + String.join(", ", fewest) + ")";
  }

  /** The scale of a decimal says nothing of its worth. */
  private static List<@Nullable Object> comparable(List<@Nullable Object> values) {
    List<@Nullable Object> comparable = new ArrayList<>();
    for (Object value : values) {
      comparable.add(value instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : value);
    }
    return comparable;
  }
}
