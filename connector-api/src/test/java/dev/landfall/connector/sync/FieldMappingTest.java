package dev.landfall.connector.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.settings.Parsed;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.FieldMapping.Column;
import dev.landfall.connector.sync.FieldMapping.Constant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldMappingTest {

  private static final FieldSpec MEMBER = FieldSpec.of("member", FieldType.TEXT).asRequired();
  private static final FieldSpec EMAIL = FieldSpec.of("email", FieldType.TEXT).asRequired();
  private static final FieldSpec NOTE = FieldSpec.of("note", FieldType.TEXT);

  private static final DestinationDescriptor AUDIENCE =
      DestinationDescriptor.builder("audience", "Audience", "1.0.0")
          .modes(AudienceSyncMode.MIRROR)
          .field(MEMBER)
          .field(EMAIL)
          .field(NOTE)
          .keyField("member")
          .build();

  private static final DestinationDescriptor TABLE =
      DestinationDescriptor.builder("table", "Table", "1.0.0")
          .modes(RecordSyncMode.UPSERT)
          .field(FieldSpec.of("at", FieldType.INSTANT))
          .freeFields()
          .build();

  @Test
  void theSchemasFieldsStandInTheOrderOfTheMappings() {
    RowSchema schema =
        FieldMapping.bind(
                List.of(
                    new Constant("hello", "note"),
                    new Column("mail", "email"),
                    new Column("id", "member")),
                texts("id", "mail", "unused"),
                AUDIENCE,
                List.of())
            .orThrow();
    assertThat(schema.fields()).containsExactly(NOTE, EMAIL, MEMBER);
    assertThat(schema.key()).containsExactly("member");
  }

  @Test
  void everythingThatIsWrongIsFoundAtOnce() {
    Parsed<RowSchema> parsed =
        FieldMapping.bind(
            List.of(
                new Column("gone", "note"),
                new Column("id", "nothing"),
                new Constant("again", "note")),
            texts("id"),
            AUDIENCE,
            List.of());
    assertThat(parsed.violations())
        .extracting(v -> v.pointer() + " " + v.code())
        .containsExactly(
            "/0/column mapping.column-missing",
            "/1/field mapping.field-unknown",
            "/2/field mapping.field-twice",
            " mapping.field-missing",
            " mapping.key-missing");
    assertThat(parsed.violations().get(0).message())
        .isEqualTo("The source has no column \"gone\"; it has id.");
  }

  @Test
  void aRequiredKeyThatIsMissingIsReportedOnce() {
    assertThat(
            FieldMapping.bind(
                    List.of(new Column("mail", "email")), texts("mail"), AUDIENCE, List.of())
                .violations())
        .extracting(Violation::message)
        .containsExactly("The key \"member\" is filled by no column.");
  }

  @Test
  void freeFieldsHaveTheTypesOfTheirColumnsAndKnownOnesKeepTheirOwn() {
    RowSchema schema =
        FieldMapping.bind(
                List.of(
                    new Column("a", "at"),
                    new Column("b", "anything"),
                    new Constant("hello", "note")),
                Map.of("a", FieldType.TEXT, "b", FieldType.DECIMAL),
                TABLE,
                List.of("anything"))
            .orThrow();
    assertThat(schema.fields())
        .containsExactly(
            FieldSpec.of("at", FieldType.INSTANT),
            FieldSpec.of("anything", FieldType.DECIMAL),
            FieldSpec.of("note", FieldType.TEXT));
    assertThat(schema.key()).containsExactly("anything");
  }

  @Test
  void aDestinationWithoutAKeyOfItsOwnNeedsOne() {
    assertThat(
            FieldMapping.bind(List.of(new Column("a", "at")), texts("a"), TABLE, List.of())
                .violations())
        .extracting(Violation::code)
        .containsExactly("mapping.key-missing");
    assertThat(
            FieldMapping.bind(List.of(new Column("a", "at")), texts("a"), TABLE, List.of("x", "y"))
                .violations())
        .hasSize(2);
  }

  private static Map<String, FieldType> texts(String... columns) {
    Map<String, FieldType> types = new LinkedHashMap<>();
    for (String column : columns) {
      types.put(column, FieldType.TEXT);
    }
    return types;
  }
}
