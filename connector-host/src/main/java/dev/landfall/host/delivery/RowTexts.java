package dev.landfall.host.delivery;

import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import java.util.AbstractList;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The values of a row beside its key as texts, made only where they are asked for: most rows of a
 * stream are sent as they are and never looked at again.
 */
public final class RowTexts extends AbstractList<@Nullable String> implements RandomAccess {

  private final Row row;
  private final int[] places;

  private RowTexts(Row row, int[] places) {
    this.row = row;
    this.places = places;
  }

  /** Where the values beside the key stand in rows of a schema. */
  public static int[] places(RowSchema schema) {
    return IntStream.range(0, schema.fields().size())
        .filter(i -> !schema.key().contains(schema.fields().get(i).name()))
        .toArray();
  }

  /**
   * The values of a row.
   *
   * @param places as {@link #places} gives them for its schema
   */
  public static RowTexts of(Row row, int[] places) {
    return new RowTexts(row, places);
  }

  /** A value as a text that is read as this value again. */
  public static @Nullable String text(@Nullable Object value) {
    return value == null ? null : Texts.print(value);
  }

  Row row() {
    return row;
  }

  @Override
  public @Nullable String get(int index) {
    return text(row.value(places[index]));
  }

  @Override
  public int size() {
    return places.length;
  }

  /** Without the values. */
  @Override
  public String toString() {
    return "RowTexts[" + places.length + " values hidden]";
  }
}
