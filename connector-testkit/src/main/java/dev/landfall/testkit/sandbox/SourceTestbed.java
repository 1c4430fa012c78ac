package dev.landfall.testkit.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the conformance kit has to know of a source's system: how to fill its streams, what a
 * connector must then read, and how to put the system out of order. All of it goes past the
 * connector. Safe for use by several threads.
 *
 * <p>Numbers stand for records: in one stream the same number is the same record, others are
 * others, and a record with a higher number stands after one with a lower.
 */
public interface SourceTestbed extends AutoCloseable {

  /**
   * What points a connector at the system.
   *
   * @return raw settings by name; secrets as {@code dev.landfall.connector.settings.Secret}
   */
  Map<String, Object> settings();

  /**
   * Settings of the right form that name nothing there: a file, a table, a port that does not
   * exist.
   *
   * @return raw settings by name
   */
  Map<String, Object> missingSettings();

  /**
   * Makes records exist, at the end of a stream.
   *
   * @param stream one of the connector's streams
   * @param first the first record; one more than the last that was made, 1 at the beginning
   * @param last the last record, at least {@code first} and at most 999,999
   */
  void makeRecords(String stream, int first, int last);

  /**
   * What a record must be read as.
   *
   * @param stream one of the connector's streams
   * @param number which record, one that was made
   * @return its values in the order of the stream's schema, each null or of its field's class; no
   *     two records have the same values; a {@linkplain #isConfidential confidential} text is at
   *     least six characters long, or it is not looked for, and stands in no message for another
   *     reason, so that it is recognised where it should not be
   */
  List<@Nullable Object> record(String stream, int number);

  /**
   * Whether what a field holds belongs to the records, and must stand in no message. Where a record
   * was found, the name of its file for instance, has to be told.
   *
   * @param stream one of the connector's streams
   * @param field a field of the stream's schema
   * @return true unless overridden
   */
  default boolean isConfidential(String stream, String field) {
    return true;
  }

  /**
   * Puts something at the end of a stream that cannot be made a row.
   *
   * @param stream one of the connector's streams
   * @return its text as a connector must keep it, at least six characters, another at every call;
   *     empty if the stream cannot hold such things
   */
  Optional<String> makeMalformed(String stream);

  /**
   * How many records a connector reads in several batches. The kit fills streams with as many, and
   * up to half as many more.
   *
   * @return a number of records, at least 4; 2500 unless overridden
   */
  default int severalBatches() {
    return 2500;
  }

  /**
   * Makes the system take calls and answer none.
   *
   * @return ends it when it is closed; empty if nobody ever waits for the system, as with files on
   *     this machine
   */
  default Optional<Silence> silence() {
    return Optional.empty();
  }

  /**
   * Makes the system fail whoever reads from it, also those who have begun to.
   *
   * @return ends it when it is closed, with all records still there; empty if the system cannot be
   *     made to fail
   */
  default Optional<Outage> failure() {
    return Optional.empty();
  }

  /** Stops the system. Closing twice does nothing. */
  @Override
  void close();

  /** A time in which the system is of no use; it ends with {@link #close}. */
  interface Outage extends AutoCloseable {
    @Override
    void close();
  }

  /** A time in which nobody is answered. */
  interface Silence extends Outage {
    /**
     * Whether a call came since the silence began.
     *
     * @return true if somebody waits, or has waited
     */
    boolean met();
  }
}
