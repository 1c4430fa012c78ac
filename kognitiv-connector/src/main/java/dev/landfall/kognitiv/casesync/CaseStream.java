package dev.landfall.kognitiv.casesync;

import dev.landfall.connector.SourceDescriptor;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RowSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The two kinds of files, with their columns in the order of the file and the codes that are
 * documented for them.
 */
enum CaseStream {

  /** Reference, Case Updates File. */
  CASE_UPDATES(
      "CaseUpdatesSync",
      "What happened to cases, every change in the order it occurred.",
      3,
      List.of(
          new Column("CaseId", "case_id", FieldType.TEXT, "Case ID in Kognitiv Loyalty."),
          new Column(
              "Timestamp",
              "timestamp",
              FieldType.INSTANT,
              "When it happened, to the millisecond; the file has it in Universal Time."),
          new Column("User", "user", FieldType.TEXT, Column.USER),
          new Column("Action", "action", FieldType.TEXT, "What happened: "),
          new Column(
              "Descriptor",
              "descriptor",
              FieldType.TEXT,
              "Descriptor External Reference or, when that is empty, Descriptor Name."),
          new Column(
              "Category",
              "category",
              FieldType.TEXT,
              "Category External Reference or, when that is empty, Category Name."),
          new Column(
              "Queue",
              "queue",
              FieldType.TEXT,
              "Queue External Reference or, when that is empty, Queue Name."),
          new Column(
              "Location",
              "location",
              FieldType.TEXT,
              "Location External Reference or, when that is empty, Location Name."),
          new Column(
              "CaseOpenSummary", "case_open_summary", FieldType.TEXT, "Text from case open."),
          new Column(
              "CaseCloseSummary", "case_close_summary", FieldType.TEXT, "Text from case closing."),
          new Column(
              "MemberInternalId",
              "member_internal_id",
              FieldType.TEXT,
              "Kognitiv Loyalty Internal Member Id."),
          new Column(
              "MemberPrimaryId",
              "member_primary_id",
              FieldType.TEXT,
              "Account Id of the highest, most recent rank."),
          new Column(
              "MemberFirstName", "member_first_name", FieldType.TEXT, "The member's first name."),
          new Column(
              "MemberLastName", "member_last_name", FieldType.TEXT, "The member's last name.")),
      // Reference, Case Synchronization Triggers.
      List.of(
          Map.entry("OPEN", "Case Opened"),
          Map.entry("CLSD", "Case Closed"),
          Map.entry("REOP", "Case Reopened"),
          Map.entry("ADDD", "Added Descriptor"),
          Map.entry("RMVD", "Removed Descriptor"),
          Map.entry("CCAT", "Changed Case Category"),
          Map.entry("CQUE", "Changed Case Queue"),
          Map.entry("TOCH", "Case Touched"))),

  /** Reference, Case Entry Export. */
  CASE_ENTRIES(
      "CaseEntriesSync",
      "What was written into cases, in the order it was.",
      3,
      List.of(
          new Column("CaseId", "case_id", FieldType.TEXT, "Case ID in Kognitiv Loyalty."),
          new Column(
              "Timestamp",
              "timestamp",
              FieldType.INSTANT,
              "When it was written, to the millisecond; the file has it in Universal Time."),
          new Column("User", "user", FieldType.TEXT, Column.USER),
          new Column("EntryType", "entry_type", FieldType.TEXT, "Type of the entry: "),
          new Column(
              "Entry",
              "entry",
              FieldType.TEXT,
              "The text, its line breaks restored; Kognitiv removes double quotes and pipes.")),
      List.of(
          Map.entry("HKEP", "House Keeping Entry"),
          Map.entry("PUBL", "Public Entry"),
          Map.entry("PRIV", "Private Entry")));

  /** A documented column and the field it becomes. */
  record Column(String documented, String field, FieldType type, String description) {
    private static final String USER =
        "Current user handling an open case, or preferred user associated with a closed case.";
  }

  private static final String KEY = "event_key";

  private final String prefix;
  private final String description;
  private final int codeColumn;
  private final List<Column> columns;
  private final List<Map.Entry<String, String>> codes;
  private final RowSchema schema;

  CaseStream(
      String prefix,
      String description,
      int codeColumn,
      List<Column> columns,
      List<Map.Entry<String, String>> codes) {
    this.prefix = prefix;
    this.description = description;
    this.codeColumn = codeColumn;
    this.columns = columns;
    this.codes = codes;
    schema = new RowSchema(fields(), List.of(KEY));
  }

  private List<FieldSpec> fields() {
    List<FieldSpec> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      String says = i == codeColumn ? column.description() + meanings() : column.description();
      fields.add(FieldSpec.of(column.field(), column.type()).describedAs(says));
    }
    fields.add(
        FieldSpec.of("source_file", FieldType.TEXT).describedAs("The file's name, without path."));
    fields.add(
        FieldSpec.of("source_line", FieldType.INTEGER)
            .describedAs("The number of the row's first line in the file, from 1."));
    fields.add(
        FieldSpec.of(KEY, FieldType.TEXT)
            .asRequired()
            .describedAs("The same for the same event, in whatever file it is delivered."));
    return fields;
  }

  private String meanings() {
    List<String> words = codes.stream().map(c -> c.getKey() + " " + c.getValue()).toList();
    return String.join(", ", words) + "; a code that is not documented is passed on.";
  }

  /** The word in a manifest. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the names of its files begin with. */
  String prefix() {
    return prefix;
  }

  /** How many columns a row has in a file. */
  int width() {
    return columns.size();
  }

  /** What the reference calls a column. */
  String documented(int column) {
    return columns.get(column).documented();
  }

  RowSchema schema() {
    return schema;
  }

  /** Whether the reference gives a code a meaning. */
  boolean knows(String word) {
    return codes.stream().anyMatch(c -> c.getKey().equals(word));
  }

  SourceDescriptor.Stream described() {
    return new SourceDescriptor.Stream(word(), description, schema, true);
  }

  static Optional<CaseStream> find(String word) {
    return Arrays.stream(values()).filter(stream -> stream.word().equals(word)).findFirst();
  }
}
