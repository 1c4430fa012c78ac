package dev.landfall.host.incremental;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldMapping;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.Row;
import dev.landfall.connector.sync.RowSchema;
import dev.landfall.host.delivery.RowTexts;
import dev.landfall.host.ledger.Change;
import dev.landfall.host.ledger.Doubts;
import dev.landfall.host.ledger.KeyText;
import dev.landfall.host.ledger.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Makes changes of a stream's rows: which column fills which field, and what the key is. */
public final class Projection {

  /**
   * A row with its key, before it has a place in a window.
   *
   * @param held whether it was read by an earlier run: it writes what that one tried to write; a
   *     row that is new is another write than any before, even of the same values
   */
  record Keyed(String member, String text, List<@Nullable String> others, boolean held) {
    Change change(long seq, ChangeKind kind, Doubts.@Nullable Known known) {
      Standing before = known == null ? null : known.standing();
      Long write = held && before != null ? before.hash() : null;
      return new Change(
          seq,
          kind,
          member,
          text,
          others,
          write == null ? Long.valueOf(ThreadLocalRandom.current().nextLong()) : write,
          before,
          known != null && known.rejected());
    }

    /** Without the values. */
    @Override
    public String toString() {
      return "Keyed[hidden]";
    }
  }

  private final RowSchema schema;
  private final boolean asItIs;
  private final boolean sameTypes;
  private final int[] columns;
  private final @Nullable String[] constants;
  private final int[] keys;
  private final int[] others;

  /**
   * A projection.
   *
   * @param stream the schema of the stream's rows
   * @param mappings what fills the fields, in their order
   * @param schema the schema of the rows that are sent
   */
  public Projection(RowSchema stream, List<FieldMapping> mappings, RowSchema schema) {
    this.schema = schema;
    columns = new int[mappings.size()];
    constants = new @Nullable String[mappings.size()];
    boolean same = true;
    boolean inPlace = stream.fields().size() == mappings.size();
    for (int i = 0; i < columns.length; i++) {
      if (mappings.get(i) instanceof FieldMapping.Column column) {
        columns[i] = stream.index(column.column());
        FieldSpec from = stream.fields().get(columns[i]);
        same &= from.type() == schema.fields().get(i).type();
        inPlace &= columns[i] == i && from.equals(schema.fields().get(i));
      } else {
        columns[i] = -1;
        constants[i] = ((FieldMapping.Constant) mappings.get(i)).text();
        same &= schema.fields().get(i).type() == FieldType.TEXT;
        inPlace = false;
      }
    }
    sameTypes = same;
    asItIs = inPlace && stream.equals(schema);
    keys = schema.key().stream().mapToInt(schema::index).toArray();
    others = RowTexts.places(schema);
  }

  /** The text of a row's key; empty if a part of it is missing or blank. */
  public Optional<String> key(Row row) {
    return keyed(row).map(Keyed::text);
  }

  /** The identity of a row's key, by which the ledger compares; empty as above. */
  public Optional<String> member(Row row) {
    return keyed(row).map(Keyed::member);
  }

  /** A row as a change; empty if a part of its key is missing or blank. */
  Optional<Keyed> keyed(Row row) {
    List<String> texts = new ArrayList<>(keys.length);
    List<String> identities = new ArrayList<>(keys.length);
    for (int place : keys) {
      String text = text(row, place);
      String identity = text == null ? "" : schema.fields().get(place).identity().of(text);
      if (text == null || identity.isBlank()) {
        return Optional.empty();
      }
      texts.add(text);
      identities.add(identity);
    }
    return Optional.of(new Keyed(KeyText.of(identities), KeyText.of(texts), values(row), false));
  }

  private @Nullable String text(Row row, int place) {
    return columns[place] < 0 ? constants[place] : RowTexts.text(row.value(columns[place]));
  }

  private List<@Nullable String> values(Row row) {
    if (asItIs) {
      return RowTexts.of(row, others);
    }
    if (sameTypes) {
      @Nullable Object[] values = new @Nullable Object[columns.length];
      for (int i = 0; i < columns.length; i++) {
        values[i] = columns[i] < 0 ? constants[i] : row.value(columns[i]);
      }
      return RowTexts.of(Row.of(schema, values), others);
    }
    List<@Nullable String> texts = new ArrayList<>(others.length);
    for (int place : others) {
      texts.add(text(row, place));
    }
    return texts;
  }
}
