package dev.landfall.host.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RecordSyncMode;
import dev.landfall.connector.sync.RowSchema;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RowShapeTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final FieldSpec KEY = FieldSpec.of("key", FieldType.TEXT);
  private static final FieldSpec AT = FieldSpec.of("at", FieldType.INSTANT);
  private static final RowSchema SCHEMA = new RowSchema(List.of(AT, KEY), List.of("key"));

  private static DestinationDescriptor.Builder table() {
    return DestinationDescriptor.builder("table", "Table", "1.0.0")
        .modes(RecordSyncMode.UPSERT)
        .freeFields();
  }

  @Test
  void fieldsThatTheConnectorLeavesFreeKeepTheirTypes() {
    DestinationDescriptor descriptor = table().field(KEY).build();
    String json = JSON.writeValueAsString(RowShape.of(SCHEMA, descriptor));
    RowShape read = JSON.readValue(json, RowShape.class);
    assertThat(read).isEqualTo(RowShape.of(SCHEMA, descriptor));
    assertThat(read.schema(descriptor)).isEqualTo(SCHEMA);
  }

  @Test
  void aShapeWithoutFreeFieldsIsWrittenAsItAlwaysWas() {
    DestinationDescriptor descriptor = table().field(KEY).field(AT).build();
    String json = "{\"fields\":[\"at\",\"key\"],\"key\":[\"key\"]}";
    assertThat(JSON.writeValueAsString(RowShape.of(SCHEMA, descriptor))).isEqualTo(json);
    assertThat(JSON.readValue(json, RowShape.class).schema(descriptor)).isEqualTo(SCHEMA);
  }
}
