package dev.landfall.connector.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.outcome.ProblemKind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsSpecTest {

  enum Size implements Choice {
    SMALL,
    LARGE;

    @Override
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public String label() {
      return "It is " + id();
    }
  }

  private static final Path BASE = Path.of("/manifests");

  private static final Setting<URI> URL = Setting.url("url", "URL").required();
  private static final Setting<Secret> SECRET = Setting.secret("secret", "Secret").required();
  private static final Setting<String> WORD =
      Setting.text("word", "Word").pattern("[a-z]+", "a word in lower case").orElse("default");
  private static final Setting<Size> SIZE =
      Setting.select("size", "Size", Size.class).orElse(Size.SMALL);
  private static final Setting<Long> COUNT =
      Setting.integer("count", "Count").between(1L, 10L).orElse(3L);
  private static final Setting<Duration> LIMIT =
      Setting.duration("limit", "Limit")
          .between(Duration.ofSeconds(1), Duration.ofHours(1))
          .orElse(Duration.ofSeconds(30));
  private static final Setting<Boolean> FLAG = Setting.flag("flag", "Flag").orElse(false);
  private static final Setting<Optional<Path>> FILE = Setting.path("file", "File").optional();

  private static final SettingsSpec SPEC =
      SettingsSpec.of(URL, SECRET, WORD, SIZE, COUNT, LIMIT, FLAG, FILE);

  private static final Map<String, Object> LEAST =
      Map.of("url", "https://host.example", "secret", Secret.of("hunter2"));

  @Test
  void whatIsLeftOutHasItsDefaultOrNoValue() {
    ConnectionSettings settings = SPEC.connection(LEAST, BASE).orThrow();
    assertThat(settings.get(URL)).isEqualTo(URI.create("https://host.example"));
    assertThat(settings.get(SECRET).reveal()).isEqualTo("hunter2");
    assertThat(settings.get(WORD)).isEqualTo("default");
    assertThat(settings.get(SIZE)).isEqualTo(Size.SMALL);
    assertThat(settings.get(COUNT)).isEqualTo(3);
    assertThat(settings.get(LIMIT)).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.get(FLAG)).isFalse();
    assertThat(settings.get(FILE)).isEmpty();
  }

  @Test
  void whatIsGivenIsReadInItsType() {
    TargetSettings settings =
        SPEC.target(
                with(
                    "word",
                    "word",
                    "size",
                    "large",
                    "count",
                    10,
                    "limit",
                    "PT1H",
                    "flag",
                    true,
                    "file",
                    "in/a.csv"),
                BASE)
            .orThrow();
    assertThat(settings.get(WORD)).isEqualTo("word");
    assertThat(settings.get(SIZE)).isEqualTo(Size.LARGE);
    assertThat(settings.get(COUNT)).isEqualTo(10);
    assertThat(settings.get(LIMIT)).isEqualTo(Duration.ofHours(1));
    assertThat(settings.get(FLAG)).isTrue();
    assertThat(settings.get(FILE)).contains(Path.of("/manifests/in/a.csv"));
  }

  @Test
  void whatIsRelativeWithinAValueIsResolvedAgainstTheManifestsFolder() {
    Setting<String> database =
        Setting.text("database", "Database")
            .resolved((text, base) -> "db:" + base.resolve(text.substring("db:".length())))
            .required();
    SettingsSpec spec = SettingsSpec.of(database, WORD, FILE);
    assertThat(spec.settings(Map.of("database", "db:a.db"), BASE).orThrow().get(database))
        .isEqualTo("db:/manifests/a.db");
    assertThat(database.portable("db:a.db", BASE)).isEqualTo("db:/manifests/a.db");
    assertThat(database.portable("db:/manifests/a.db", Path.of("/elsewhere")))
        .isEqualTo("db:/manifests/a.db");
    assertThat(FILE.portable("a.csv", BASE)).isEqualTo("/manifests/a.csv");
    assertThat(WORD.portable("a.csv", BASE)).isEqualTo("a.csv");
  }

  @Test
  void everythingThatIsWrongIsFoundAtOnceInTheOrderOfDeclaration() {
    Map<String, Object> wrong =
        Map.of(
            "secret", "hunter2",
            "word", "Word",
            "size", "middle",
            "count", 11L,
            "limit", "an hour",
            "flag", "true",
            "file", " ",
            "wrod", "x",
            "zzzzzzzzz", "x");
    assertThat(SPEC.settings(wrong, BASE).violations())
        .extracting(v -> v.pointer() + " " + v.code())
        .containsExactly(
            "/url setting.missing",
            "/secret setting.secret-in-plain-text",
            "/word setting.pattern",
            "/size setting.choice",
            "/count setting.range",
            "/limit setting.duration",
            "/flag setting.type",
            "/file setting.blank",
            "/wrod setting.unknown",
            "/zzzzzzzzz setting.unknown");
  }

  @Test
  void aMessageNamesTheSettingAndSaysHowItShouldBe() {
    assertThat(messages(with("size", "middle", "count", 11L, "wrod", "x")))
        .containsExactly(
            "Size (size) must be one of \"small\", \"large\", not \"middle\".",
            "Count (count) must lie between 1 and 10, not 11.",
            "There is no setting \"wrod\" here. Did you mean \"word\"?");
  }

  @Test
  void aChoiceThatThereIsNotIsAnsweredWithTheNearest() {
    assertThat(messages(with("size", "lrage")))
        .containsExactly(
            "Size (size) must be one of \"small\", \"large\", not \"lrage\"."
                + " Did you mean \"large\"?");
  }

  @Test
  void noMessageRepeatsASecret() {
    assertThat(
            messages(
                with(
                    "secret",
                    "hunter2",
                    "word",
                    Secret.of("Hunter2"),
                    "size",
                    Secret.of("hunter2"))))
        .hasSize(3)
        .allSatisfy(message -> assertThat(message).doesNotContainIgnoringCase("hunter2"));
  }

  @Test
  void aReferenceCountsAsRightWhileItIsNotResolved() {
    Map<String, String> reference = Map.of("env", "NAME");
    assertThat(
            SPEC.violations(
                Map.of(
                    "url",
                    reference,
                    "secret",
                    reference,
                    "word",
                    reference,
                    "size",
                    reference,
                    "limit",
                    reference,
                    "file",
                    Map.of("file", "x")),
                BASE))
        .isEmpty();
    assertThat(SPEC.violations(with("count", reference, "flag", reference), BASE))
        .as("what a reference leads to is text, and no number or flag")
        .extracting(Violation::pointer)
        .containsExactly("/count", "/flag");
    assertThat(SPEC.settings(with("word", reference), BASE).violations())
        .as("only resolved values can be read")
        .hasSize(1);
  }

  @Test
  void aReferenceHasOneEndWithAText() {
    assertThat(SettingsSpec.isReference(Map.of("env", "NAME"))).isTrue();
    assertThat(SettingsSpec.isReference(Map.of("file", "path"))).isTrue();
    assertThat(SettingsSpec.isReference(Map.of("env", "A", "file", "b"))).isFalse();
    assertThat(SettingsSpec.isReference(Map.of("env", " "))).isFalse();
    assertThat(SettingsSpec.isReference(Map.of("env", 1))).isFalse();
    assertThat(SettingsSpec.isReference(Map.of("vault", "x"))).isFalse();
    assertThat(SettingsSpec.isReference("env")).isFalse();
    assertThat(SettingsSpec.isReference(null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://host.example",
        "HTTPS://host.example:8443/api",
        "http://localhost:8080",
        "http://127.0.0.1/api",
        "http://[::1]:80",
        " https://host.example "
      })
  void aUrlIsSecureOrOnThisMachine(String url) {
    assertThat(SPEC.violations(with("url", url), BASE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://host.example",
        "http://localhost.host.example",
        "http://127.0.0.1.host.example",
        "ftp://host.example",
        "host.example",
        "/api",
        "https://me:hunter2@host.example",
        "https://host.example?token=hunter2",
        "https://host.example#hunter2",
        "https://host .example"
      })
  void anyOtherUrlIsRefusedAndNotRepeated(String url) {
    assertThat(messages(with("url", url)))
        .singleElement()
        .satisfies(message -> assertThat(message).doesNotContain("hunter2", "host.example "));
  }

  @Test
  void aRuleIsAskedOnceEachSettingIsRightByItself() {
    SettingsSpec ruled =
        SPEC.withRule(
            s ->
                s.get(COUNT) > 5 && !s.get(FLAG)
                    ? Optional.of(new Violation("/flag", "rule", "Many need the flag."))
                    : Optional.empty());
    assertThat(ruled.violations(with("count", 6), BASE))
        .extracting(Violation::code)
        .containsExactly("rule");
    assertThat(ruled.violations(with("count", 6, "flag", true), BASE)).isEmpty();
    assertThat(ruled.violations(with("count", 6, "word", "Word"), BASE))
        .extracting(Violation::code)
        .containsExactly("setting.pattern");
    assertThat(ruled.violations(with("count", 6, "word", Map.of("env", "W")), BASE))
        .as("while a reference is open, no rule can be asked")
        .isEmpty();
  }

  @Test
  void aCanonicalFormStandsForEverySpelling() {
    Setting<String> shout =
        Setting.text("shout", "Shout")
            .canonical(
                text -> {
                  if (text.equals("no")) {
                    throw new IllegalArgumentException("must not be no.");
                  }
                  return text.toUpperCase(java.util.Locale.ROOT);
                })
            .required();
    SettingsSpec spec = SettingsSpec.of(shout);
    assertThat(spec.settings(Map.of("shout", "hey"), BASE).orThrow().get(shout)).isEqualTo("HEY");
    assertThat(spec.violations(Map.of("shout", "no"), BASE))
        .containsExactly(
            new Violation("/shout", "setting.invalid", "Shout (shout) must not be no."));
  }

  @Test
  void aSettingTellsWhatAFormNeeds() {
    Setting<Duration> setting =
        Setting.duration("wait", "Wait")
            .description("How long.")
            .group("Limits")
            .advanced()
            .between(Duration.ZERO, Duration.ofDays(1))
            .orElse(Duration.ofMinutes(2));
    assertThat(setting.description()).isEqualTo("How long.");
    assertThat(setting.group()).isEqualTo("Limits");
    assertThat(setting.advanced()).isTrue();
    assertThat(setting.isRequired()).isFalse();
    assertThat(setting.defaultValue()).contains("PT2M");
    assertThat(setting.least()).contains(Duration.ZERO);
    assertThat(setting.greatest()).contains(Duration.ofDays(1));
    assertThat(SIZE.defaultValue()).contains("small");
    assertThat(SIZE.choices())
        .extracting(Choice::label)
        .containsExactly("It is small", "It is large");
    assertThat(COUNT.defaultValue()).contains(3L);
    assertThat(WORD.pattern()).contains("[a-z]+");
    assertThat(URL.isRequired()).isTrue();
    assertThat(URL.defaultValue()).isEmpty();
    assertThat(SPEC.find("word")).contains(WORD);
    assertThat(SPEC.find("wrod")).isEmpty();
  }

  @Test
  void aDraftIsNotChangedByWhatIsMadeOfIt() {
    Setting.Draft<String> draft = Setting.text("a", "A");
    Setting<String> described = draft.description("Described.").required();
    assertThat(described.description()).isEqualTo("Described.");
    assertThat(draft.required().description()).isEmpty();
  }

  @Test
  void twoSettingsOfOneNameAndASettingOfAnotherSpecAreMistakes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingsSpec.of(WORD, Setting.text("word", "Other").required()))
        .withMessageContaining("word");
    Setting<String> stranger = Setting.text("word", "Word").required();
    Settings settings = SPEC.settings(LEAST, BASE).orThrow();
    assertThatIllegalArgumentException().isThrownBy(() -> settings.get(stranger));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Setting.secret("s", "S").between(Secret.of("a"), Secret.of("b")))
        .withMessageContaining("no order");
  }

  @Test
  void aParsedAnswerIsEitherAValueOrAllThatIsWrong() {
    assertThat(Parsed.of("value").violations()).isEmpty();
    assertThat(Parsed.of("value").orThrow()).isEqualTo("value");
    assertThatIllegalArgumentException().isThrownBy(() -> Parsed.wrong(List.of()));
    Parsed<String> wrong =
        Parsed.wrong(
            List.of(new Violation("/a", "x", "A is wrong."), new Violation("/b", "y", "So is B.")));
    assertThatThrownBy(wrong::orThrow)
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.problem().kind()).isEqualTo(ProblemKind.CONFIGURATION);
              assertThat(e.problem().code()).isEqualTo("setting.violations");
            })
        .hasMessage("/a: A is wrong. /b: So is B.");
  }

  @Test
  void aPointerEscapesWhatJsonPointersEscape() {
    assertThat(Violation.pointerTo("a/b~c")).isEqualTo("/a~1b~0c");
    assertThat(new Violation("/x", "c", "m").under("/y"))
        .isEqualTo(new Violation("/y/x", "c", "m"));
  }

  private static List<String> messages(Map<String, Object> values) {
    return SPEC.violations(values, BASE).stream().map(Violation::message).toList();
  }

  private static Map<String, Object> with(Object... pairs) {
    Map<String, Object> values = new LinkedHashMap<>(LEAST);
    for (int i = 0; i < pairs.length; i += 2) {
      values.put((String) Arrays.asList(pairs).get(i), pairs[i + 1]);
    }
    return values;
  }
}
