package dev.landfall.testkit.record;

import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RowSchema;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table in a file, read and written whole, with columns of any type and a key of one column or
 * several, which nothing but the writer keeps unique.
 */
public final class Table implements Serializable {

  /** What a column of text holds. */
  static final int LONGEST_TEXT = 2_000;

  private static final int LARGEST_SCALE = 6;

  @Serial private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, FieldType> columns = new LinkedHashMap<>();
  private final ArrayList<String> key;
  private final ArrayList<LinkedHashMap<String, Object>> rows = new ArrayList<>();

  private Table(RowSchema schema) {
    for (FieldSpec field : schema.fields()) {
      columns.put(field.name(), field.type());
    }
    key = new ArrayList<>(schema.key());
  }

  static Path file(Path folder, String name) {
    return folder.resolve(name + ".table");
  }

  static void make(Path file, RowSchema schema) throws IOException {
    new Table(schema).save(file);
  }

  static Table read(Path file) throws IOException {
    // Not by way of a channel, which an interrupt would close.
    try (FileInputStream bytes = new FileInputStream(file.toFile());
        ObjectInputStream in = new ObjectInputStream(bytes)) {
      return (Table) in.readObject();
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
  }

  void save(Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileOutputStream bytes = new FileOutputStream(fresh.toFile());
        ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(this);
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  boolean hasColumn(String name) {
    return columns.containsKey(name);
  }

  /** Whether a column holds a value as it is. */
  static boolean holds(Object value) {
    if (value instanceof String text) {
      return text.length() <= LONGEST_TEXT;
    }
    return !(value instanceof BigDecimal decimal) || decimal.scale() <= LARGEST_SCALE;
  }

  /** The rows, to be looked at. */
  List<Map<String, Object>> rows() {
    return List.copyOf(rows);
  }

  void add(Map<String, Object> row) {
    rows.add(new LinkedHashMap<>(row));
  }

  /** The first row with the same key, to be changed. */
  Optional<Map<String, Object>> find(Map<String, ? extends @Nullable Object> record) {
    return rows.stream()
        .filter(row -> sameKey(row, record))
        .<Map<String, Object>>map(row -> row)
        .findFirst();
  }

  /** Takes out whatever has the same key. */
  boolean remove(Map<String, ? extends @Nullable Object> record) {
    return rows.removeIf(row -> sameKey(row, record));
  }

  private boolean sameKey(Map<String, Object> row, Map<String, ? extends @Nullable Object> record) {
    return key.stream().allMatch(k -> Objects.equals(row.get(k), record.get(k)));
  }
}
