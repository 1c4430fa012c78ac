package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.sync.Row;
import org.jspecify.annotations.Nullable;

/** Rows of {@code case_updates}. */
final class UpdateRows extends RowMaker {

  private static final int ACTION = 3;
  private static final int DESCRIPTOR = 4;
  private static final int LOCATION = 7;
  private static final int OPEN_SUMMARY = 8;
  private static final int CLOSE_SUMMARY = 9;

  /** Where the columns about the member begin. */
  static final int MEMBER = 10;

  private static final int LONGEST_ID = 20;

  /** Four columns that stand beside each other in many rows. */
  private record Quartet(
      @Nullable String one,
      @Nullable String two,
      @Nullable String three,
      @Nullable String four,
      String digest) {}

  private final SliceCache<Quartet> places = new SliceCache<>();

  UpdateRows() {
    super(CaseStream.CASE_UPDATES, ACTION);
  }

  @Override
  @Nullable Row row(Fields fields, String file, long millis) {
    if (!fields.empty(MEMBER) && !fields.digits(MEMBER, LONGEST_ID)) {
      return wrong(MEMBER, "holds no number of a member");
    }
    Quartet place =
        places.get(
            fields.bytes,
            fields.from[DESCRIPTOR],
            fields.to[LOCATION],
            () -> quartet(fields, DESCRIPTOR, true));
    @Nullable Object[] values = new @Nullable Object[schema().fields().size()];
    fillIn(values, fields, file, millis, place.digest());
    put(values, DESCRIPTOR, place);
    values[OPEN_SUMMARY] = summary(fields, OPEN_SUMMARY);
    values[CLOSE_SUMMARY] = summary(fields, CLOSE_SUMMARY);
    values[MEMBER] = fields.text(MEMBER);
    values[MEMBER + 1] = fields.text(MEMBER + 1);
    values[MEMBER + 2] = fields.text(MEMBER + 2);
    values[MEMBER + 3] = fields.text(MEMBER + 3);
    return Row.of(schema(), values);
  }

  private Quartet quartet(Fields fields, int first, boolean digested) {
    String one = fields.text(first);
    String two = fields.text(first + 1);
    String three = fields.text(first + 2);
    String four = fields.text(first + 3);
    return new Quartet(one, two, three, four, digested ? digest(one, two, three, four) : "");
  }

  private static void put(@Nullable Object[] values, int first, Quartet quartet) {
    values[first] = quartet.one();
    values[first + 1] = quartet.two();
    values[first + 2] = quartet.three();
    values[first + 3] = quartet.four();
  }

  /** A line break within a text is one, whatever the lines of the file end with. */
  private static @Nullable String summary(Fields fields, int column) {
    String text = fields.text(column);
    return text == null || !fields.severalLines ? text : text.replace("\r\n", "\n");
  }
}
