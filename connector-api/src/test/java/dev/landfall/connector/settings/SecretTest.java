package dev.landfall.connector.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import org.junit.jupiter.api.Test;

class SecretTest {

  @Test
  void aSecretIsHiddenWhereverItIsPrinted() {
    Secret secret = Secret.of("hunter2");
    assertThat(secret).hasToString("[hidden]");
    assertThat("%s and %s".formatted(secret, java.util.List.of(secret))).doesNotContain("hunter2");
    assertThat(secret.reveal()).isEqualTo("hunter2");
  }

  @Test
  void aSecretIsEqualByItsValue() {
    assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).hasSameHashCodeAs(Secret.of("a"));
    assertThat(Secret.of("a")).isNotEqualTo(Secret.of("b")).isNotEqualTo("a");
  }

  @Test
  void aSecretCannotBeSerialised() {
    assertThat(Serializable.class.isAssignableFrom(Secret.class)).isFalse();
  }
}
