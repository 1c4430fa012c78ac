package dev.landfall.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import dev.landfall.connector.sync.RecordSyncMode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionSpecTest {

  private static final FieldSpec MEMBER = FieldSpec.of("member", FieldType.TEXT).asRequired();

  private static final Map<String, FieldType> MEMBER_ONLY = Map.of("member", FieldType.TEXT);

  private static final DestinationDescriptor DESCRIPTOR =
      DestinationDescriptor.builder("sample", "Sample", "1.0.0")
          .modes(AudienceSyncMode.ADD)
          .field(MEMBER)
          .keyField("member")
          .build();

  @Test
  void aSpecIsTheSameInAnotherProcess() throws Exception {
    LinkedHashMap<String, Serializable> connection = new LinkedHashMap<>();
    connection.put("url", "https://host.example");
    connection.put("secret", new LinkedHashMap<>(Map.of("env", "SECRET")));
    connection.put("pool", 4L);
    connection.put("strict", true);
    SessionSpec spec =
        new SessionSpec(
            "sample", connection, Map.of("group", "VIP"), "add", MEMBER_ONLY, List.of("member"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(spec);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      SessionSpec read = (SessionSpec) in.readObject();
      assertThat(read).isEqualTo(spec);
      assertThat(read.connection().keySet()).containsExactly("url", "secret", "pool", "strict");
    }
  }

  @Test
  void changingWhatItWasMadeOfDoesNotChangeASpec() {
    LinkedHashMap<String, Serializable> connection = new LinkedHashMap<>();
    SessionSpec spec =
        new SessionSpec("sample", connection, Map.of(), "add", MEMBER_ONLY, List.of("member"));
    connection.put("late", "x");
    assertThat(spec.connection()).isEmpty();
  }

  @Test
  void theSchemaIsTypedByTheDescriptor() {
    SessionSpec spec =
        new SessionSpec("sample", Map.of(), Map.of(), "add", MEMBER_ONLY, List.of("member"));
    assertThat(spec.schema(DESCRIPTOR).fields()).containsExactly(MEMBER);
    SessionSpec stranger =
        new SessionSpec(
            "sample", Map.of(), Map.of(), "add", Map.of("other", FieldType.DATE), List.of("other"));
    assertThatIllegalArgumentException().isThrownBy(() -> stranger.schema(DESCRIPTOR));
  }

  @Test
  void aFreeFieldHasTheTypeThatTheSpecGivesIt() {
    DestinationDescriptor table =
        DestinationDescriptor.builder("table", "Table", "1.0.0")
            .modes(RecordSyncMode.UPSERT)
            .freeFields()
            .build();
    LinkedHashMap<String, FieldType> fields = new LinkedHashMap<>();
    fields.put("key", FieldType.TEXT);
    fields.put("at", FieldType.INSTANT);
    fields.put("amount", FieldType.DECIMAL);
    SessionSpec spec =
        new SessionSpec("table", Map.of(), Map.of(), "upsert", fields, List.of("key"));
    assertThat(spec.schema(table).fields())
        .containsExactly(
            FieldSpec.of("key", FieldType.TEXT),
            FieldSpec.of("at", FieldType.INSTANT),
            FieldSpec.of("amount", FieldType.DECIMAL));
  }
}
