package dev.landfall.testkit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {

  @ParameterizedTest
  @CsvSource({
    "a, a",
    "a%2Fb, a/b",
    "%2e%2e, ..",
    "a+b, a+b",
    "%C3%A9, é",
    "%2531, %31",
    "%20, ' '"
  })
  void aSegmentIsDecodedOnce(String sent, String meant) {
    assertThat(Call.decode(sent)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%2", "%zz", "%C3", "%ff", "é", "a b", "%١١"})
  void whatIsNoPercentEncodedUtf8IsNotDecoded(String sent) {
    assertThat(Call.decode(sent)).isEmpty();
  }

  @Test
  void segmentsAreWhatStandsBetweenTheSlashesAsSent() {
    assertThat(call("/a%2Fb//c/").segments()).contains(List.of("a/b", "", "c", ""));
    assertThat(call("/a/%zz").segments()).isEmpty();
  }

  @Test
  void neitherPathNorHeadersNorBodyArePrinted() {
    assertThat(call("/members/12345").toString()).isEqualTo("Call[PUT]");
  }

  private static Call call(String path) {
    return new Call("PUT", path, null, Map.of(), "");
  }
}
