package dev.landfall.host.delivery;

import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.host.ledger.Change;
import dev.landfall.host.ledger.KeyText;
import java.time.DateTimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes rows of changes: the key alone where the kind says so, each text as its field's type. */
final class Rows {

  /** A value that its field cannot hold; which field, in the problem, and never the value. */
  static final class UnfitValueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    UnfitValueException(FieldSpec field) {
      problem =
          new Problem(
              ProblemKind.RECORD,
              "delivery.value-unfit",
              "The value of the field \"%s\" is no %s.".formatted(field.name(), field.type()),
              "Correct the value in the source, or convert the column in its query.");
    }

    Problem problem() {
      return problem;
    }
  }

  private final RowSchema schema;

  /** Which part of the key fills a field, or -1 for the next of the other values. */
  private final int[] parts;

  Rows(RowSchema schema, ChangeKind kind) {
    this.schema = kind.keyOnly() ? schema.keyOnly() : schema;
    parts = this.schema.fields().stream().mapToInt(f -> schema.key().indexOf(f.name())).toArray();
  }

  /** The schema of the rows. */
  RowSchema schema() {
    return schema;
  }

  Row row(Change change) throws UnfitValueException {
    if (change.others() instanceof RowTexts texts) {
      return texts.row();
    }
    List<FieldSpec> fields = schema.fields();
    List<@Nullable String> others = change.others();
    int keys = schema.key().size();
    if (fields.size() > keys && others.size() != fields.size() - keys) {
      throw new IllegalArgumentException(
          others.size() + " values beside the key for " + fields.size() + " fields");
    }
    List<String> key = KeyText.parts(change.text(), keys);
    @Nullable Object[] values = new @Nullable Object[fields.size()];
    int other = 0;
    for (int i = 0; i < values.length; i++) {
      String text = parts[i] < 0 ? others.get(other++) : key.get(parts[i]);
      values[i] = text == null ? null : value(fields.get(i), text);
    }
    return Row.of(schema, values);
  }

  private static Object value(FieldSpec field, String text) throws UnfitValueException {
    try {
      return Texts.parse(field.type(), text);
    } catch (NumberFormatException | DateTimeException e) {
      // The cause is left out: its message holds the value.
      throw new UnfitValueException(field);
    }
  }
}
