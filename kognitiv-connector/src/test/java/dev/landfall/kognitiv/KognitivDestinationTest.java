package dev.landfall.kognitiv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationDescriptor;
import dev.landfall.connector.settings.Setting;
import dev.landfall.connector.settings.Violation;
import dev.landfall.connector.sync.AudienceSyncMode;
import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.FieldType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KognitivDestinationTest {

  private final DestinationDescriptor descriptor = new KognitivDestination().descriptor();

  @Test
  void theServiceLoaderFindsIt() {
    assertThat(ServiceLoader.load(Destination.class))
        .anyMatch(KognitivDestination.class::isInstance);
  }

  @Test
  void theDescriptorIsEqualAtEveryCallAndInEveryInstance() {
    assertThat(new KognitivDestination().descriptor()).isEqualTo(descriptor);
  }

  @Test
  void theDescriptorSaysWhatTheReferenceSays() {
    assertThat(descriptor.id()).isEqualTo("kognitiv");
    assertThat(descriptor.name()).isEqualTo("Kognitiv Inspire");
    assertThat(descriptor.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    assertThat(descriptor.modes())
        .isEqualTo(List.of(AudienceSyncMode.ADD, AudienceSyncMode.REMOVE, AudienceSyncMode.MIRROR));
    assertThat(descriptor.fields()).hasSize(1);
    FieldSpec field = descriptor.fields().get(0);
    assertThat(field.name()).isEqualTo("member_internal_id");
    assertThat(field.type()).isEqualTo(FieldType.TEXT);
    assertThat(field.required()).isTrue();
    assertThat(field.identity()).isEqualTo(FieldIdentity.NUMBER);
    assertThat(descriptor.defaultFields()).containsExactly("member_internal_id");
    assertThat(descriptor.keyField()).contains("member_internal_id");
    assertThat(descriptor.freeFields()).isFalse();
    assertThat(descriptor.recommendedBatch()).isEqualTo(1);
    assertThat(descriptor.largestBatch()).isEqualTo(1000);
    assertThat(descriptor.callsInFlight()).isEqualTo(64);
    assertThat(descriptor.idempotentKinds()).containsExactly(ChangeKind.ADD, ChangeKind.REMOVE);
    assertThat(descriptor.identity())
        .extracting(Setting::name)
        .containsExactly("apiBaseUrl", "clientId", "objectType", "groupExternalReference");
  }

  @Test
  void whatMostPeopleFillInComesFirstAndTheRestIsAdvanced() {
    assertThat(descriptor.connection().settings())
        .filteredOn(Setting::isRequired)
        .extracting(Setting::name)
        .containsExactly("apiBaseUrl", "clientId", "clientSecret");
    assertThat(descriptor.connection().settings())
        .filteredOn(setting -> !setting.isRequired())
        .allMatch(Setting::advanced);
    assertThat(descriptor.target().settings())
        .extracting(Setting::name)
        .containsExactly("objectType", "groupExternalReference");
    assertThat(descriptor.target().settings()).allMatch(Setting::isRequired);
  }

  @Test
  void theTimeLimitsAreTenThirtyAndSixtySeconds() {
    KognitivSettings.TimeLimits limits =
        KognitivSettings.TimeLimits.of(Syncs.connection("https://h.example", Map.of()));

    assertThat(limits)
        .isEqualTo(
            new KognitivSettings.TimeLimits(
                Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60)));
  }

  @ParameterizedTest
  @CsvSource({
    "totalTimeLimit, PT5M1S, setting.range",
    "totalTimeLimit, PT0S, setting.range",
    "responseTimeLimit, PT61S, setting.range",
    "connectTimeLimit, PT61S, setting.range",
    "tokenPath, https://elsewhere.example/token, setting.pattern",
    "tokenPath, Auth/connect/token, setting.pattern",
    "clientIdField, client id, setting.pattern",
    "apiVersion, 'a b', setting.pattern",
    "scope, 'a\u00fc', setting.pattern"
  })
  void aSettingThatCannotBeUsedIsAViolation(String name, String value, String code) {
    Map<String, Object> values = new HashMap<>();
    values.put("apiBaseUrl", "https://app.kognitivloyalty.com");
    values.put("clientId", "id");
    values.put("clientSecret", dev.landfall.connector.settings.Secret.of("secret"));
    values.put(name, value);

    assertThat(KognitivSettings.CONNECTION.violations(values, Path.of("/")))
        .containsExactly(
            new Violation(
                "/" + name,
                code,
                KognitivSettings.CONNECTION.violations(values, Path.of("/")).get(0).message()));
  }
}
