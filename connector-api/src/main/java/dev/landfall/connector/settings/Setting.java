package dev.landfall.connector.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing a person fills in: its declaration, and the accessor of its value.
 *
 * <pre>{@code
 * static final Setting<URI> API_BASE_URL = Setting.url("apiBaseUrl", "API Base URL").required();
 * URI base = connection.get(API_BASE_URL);
 * }</pre>
 *
 * <p>A draft becomes a setting only by saying what absence means ({@link Draft#required()}, {@link
 * Draft#orElse}, {@link Draft#optional()}), so that absence is part of the type. Immutable; two
 * settings are equal only if they are the same object, so declare each in a constant.
 *
 * @param <T> the type of the value
 */
public final class Setting<T> {

  /** What a setting holds, and how it is written in JSON. */
  public enum Kind {
    /** A string. */
    TEXT,
    /** A string: an absolute http or https URL; https is required except on loopback. */
    URL,
    /** A reference to a secret; never the secret itself. */
    SECRET,
    /** A string: one of the choices. */
    SELECT,
    /** A whole number. */
    INTEGER,
    /** A string: an ISO 8601 duration such as {@code PT30S} or {@code P1D}. */
    DURATION,
    /** A boolean. */
    FLAG,
    /** A string: a path, relative to the manifest. */
    PATH;

    /**
     * Whether a reference can stand in place of the value: what it refers to is text.
     *
     * @return false for a whole number and a flag
     */
    public boolean mayBeReference() {
      return this != INTEGER && this != FLAG;
    }
  }

  private final Draft<?> draft;
  private final boolean required;
  private final @Nullable Object defaultValue;
  private final Function<@Nullable Object, T> present;

  private Setting(
      Draft<?> draft,
      boolean required,
      @Nullable Object defaultValue,
      Function<@Nullable Object, T> present) {
    this.draft = draft;
    this.required = required;
    this.defaultValue = defaultValue;
    this.present = present;
  }

  /**
   * A draft of a text setting.
   *
   * @param name the name in JSON
   * @param label the words a person sees
   * @return a draft
   */
  public static Draft<String> text(String name, String label) {
    return new Draft<>(Kind.TEXT, name, label, SettingValues::text);
  }

  /**
   * A draft of a URL setting: absolute, http or https (https only, except on loopback), without
   * user info, query or fragment.
   *
   * @param name the name in JSON
   * @param label the words a person sees
   * @return a draft
   */
  public static Draft<URI> url(String name, String label) {
    return new Draft<>(Kind.URL, name, label, SettingValues::url);
  }

  /**
   * A draft of a secret setting. In a manifest it is always a reference.
   *
   * @param name the name in JSON
   * @param label the words a person sees
   * @return a draft
   */
  public static Draft<Secret> secret(String name, String label) {
    return new Draft<>(Kind.SECRET, name, label, SettingValues::secret);
  }

  /**
   * A draft of a setting that takes one of several values.
   *
   * @param name the name in JSON
   * @param label the words a person sees
   * @param choices the enum of the values, in the order they are shown
   * @param <C> the enum
   * @return a draft
   */
  public static <C extends Enum<C> & Choice> Draft<C> select(
      String name, String label, Class<C> choices) {
    List<C> values = List.of(choices.getEnumConstants());
    return new Draft<>(Kind.SELECT, name, label, raw -> SettingValues.choice(raw, values))
        .choices(values);
  }

  /**
   * A draft of a whole number.
   *
   * @param name the name in JSON
   * @param label the words a person sees
   * @return a draft
   */
  public static Draft<Long> integer(String name, String label) {
    return new Draft<>(Kind.INTEGER, name, label, SettingValues::integer);
  }

  /**
   * A draft of a duration, written in ISO 8601.
   *
   * @param name the name in JSON
   * @param label the words a person sees
   * @return a draft
   */
  public static Draft<Duration> duration(String name, String label) {
    return new Draft<>(Kind.DURATION, name, label, SettingValues::duration);
  }

  /**
   * A draft of a yes or no.
   *
   * @param name the name in JSON
   * @param label the words a person sees
   * @return a draft
   */
  public static Draft<Boolean> flag(String name, String label) {
    return new Draft<>(Kind.FLAG, name, label, SettingValues::flag);
  }

  /**
   * A draft of a path, resolved against the manifest's folder.
   *
   * @param name the name in JSON
   * @param label the words a person sees
   * @return a draft
   */
  public static Draft<Path> path(String name, String label) {
    return new Draft<>(Kind.PATH, name, label, SettingValues::path)
        .resolved((path, base) -> base.resolve(path));
  }

  /**
   * The name in JSON.
   *
   * @return camel case, stable
   */
  public String name() {
    return draft.name;
  }

  /**
   * The words a person sees.
   *
   * @return a label
   */
  public String label() {
    return draft.label;
  }

  /**
   * What the setting is for.
   *
   * @return a sentence or two; empty if there is nothing to add to the label
   */
  public String description() {
    return draft.description;
  }

  /**
   * What the setting holds.
   *
   * @return the kind
   */
  public Kind kind() {
    return draft.kind;
  }

  /**
   * The heading it stands under in a form.
   *
   * @return the group; empty for the main one
   */
  public String group() {
    return draft.group;
  }

  /**
   * Whether most people can leave it alone.
   *
   * @return true if it belongs behind an "advanced" fold
   */
  public boolean advanced() {
    return draft.advanced;
  }

  /**
   * Whether it must be given.
   *
   * @return true if absence is a violation
   */
  public boolean isRequired() {
    return required;
  }

  /**
   * The regular expression that the whole text must match.
   *
   * @return the pattern, if there is one
   */
  public Optional<String> pattern() {
    return Optional.ofNullable(draft.pattern).map(Pattern::pattern);
  }

  /**
   * The least number or duration allowed.
   *
   * @return a Long or a Duration, if there is one
   */
  public Optional<Object> least() {
    return Optional.ofNullable(draft.least);
  }

  /**
   * The greatest number or duration allowed.
   *
   * @return a Long or a Duration, if there is one
   */
  public Optional<Object> greatest() {
    return Optional.ofNullable(draft.greatest);
  }

  /**
   * The value that counts where none is given, as it would be written in JSON.
   *
   * @return a String, Long or Boolean, if there is one
   */
  public Optional<Object> defaultValue() {
    return Optional.ofNullable(defaultValue).map(SettingValues::toJson);
  }

  /**
   * The values of a select setting, in the order they are shown.
   *
   * @return the choices; empty for every other kind
   */
  public List<? extends Choice> choices() {
    return draft.choices;
  }

  /**
   * The raw value that means in every folder what another means in one.
   *
   * @param raw a raw value in which nothing is wrong, and no reference
   * @param base the folder that it is relative to
   * @return the same, unless something in it is relative
   */
  public Object portable(Object raw, Path base) {
    return draft.resolver == null ? raw : SettingValues.toJson(draft.parse(raw, base));
  }

  @Override
  public String toString() {
    return "Setting[" + name() + "]";
  }

  /** The value for a raw one that may be absent; raw values come checked by the spec. */
  T read(@Nullable Object raw, Path base) {
    return present.apply(raw == null ? null : draft.parse(raw, base));
  }

  /**
   * A setting that does not yet say what absence means. Every method gives a changed copy.
   *
   * @param <T> the type of the value
   */
  public static final class Draft<T> {

    /** Reads a raw value; throws {@link SettingValues.Wrong} with the sentence if it cannot. */
    interface Parser<T> {
      T parse(Object raw);
    }

    private final Kind kind;
    private final String name;
    private final String label;
    private final Parser<T> parser;
    private String description = "";
    private String group = "";
    private boolean advanced;
    private @Nullable Pattern pattern;
    private @Nullable String patternHint;
    private @Nullable Comparable<?> least;
    private @Nullable Comparable<?> greatest;
    private List<? extends Choice> choices = List.of();
    private @Nullable UnaryOperator<T> canonical;
    private @Nullable BiFunction<T, Path, T> resolver;

    private Draft(Kind kind, String name, String label, Parser<T> parser) {
      this.kind = kind;
      this.name = Objects.requireNonNull(name, "name");
      this.label = Objects.requireNonNull(label, "label");
      this.parser = parser;
    }

    private Draft(Draft<T> other) {
      this(other.kind, other.name, other.label, other.parser);
      description = other.description;
      group = other.group;
      advanced = other.advanced;
      pattern = other.pattern;
      patternHint = other.patternHint;
      least = other.least;
      greatest = other.greatest;
      choices = other.choices;
      canonical = other.canonical;
      resolver = other.resolver;
    }

    /**
     * Says what the setting is for.
     *
     * @param text a sentence or two
     * @return a changed copy
     */
    public Draft<T> description(String text) {
      Draft<T> copy = new Draft<>(this);
      copy.description = text;
      return copy;
    }

    /**
     * Puts the setting under a heading.
     *
     * @param heading the heading
     * @return a changed copy
     */
    public Draft<T> group(String heading) {
      Draft<T> copy = new Draft<>(this);
      copy.group = heading;
      return copy;
    }

    /**
     * Says that most people can leave the setting alone.
     *
     * @return a changed copy
     */
    public Draft<T> advanced() {
      Draft<T> copy = new Draft<>(this);
      copy.advanced = true;
      return copy;
    }

    /**
     * Requires the whole text to match.
     *
     * @param regex a regular expression, common to Java and ECMAScript
     * @param hint what the text should be, to finish the sentence "must be …"
     * @return a changed copy
     */
    public Draft<T> pattern(String regex, String hint) {
      Draft<T> copy = new Draft<>(this);
      copy.pattern = Pattern.compile(regex);
      copy.patternHint = hint;
      return copy;
    }

    /**
     * Requires the value to lie between two others, both included.
     *
     * @param from the least value
     * @param to the greatest value
     * @return a changed copy
     * @throws IllegalArgumentException if the kind has no order
     */
    public Draft<T> between(T from, T to) {
      if (!(from instanceof Comparable<?> low) || !(to instanceof Comparable<?> high)) {
        throw new IllegalArgumentException(kind + " has no order");
      }
      Draft<T> copy = new Draft<>(this);
      copy.least = low;
      copy.greatest = high;
      return copy;
    }

    /**
     * Brings a value into the one form that stands for all of its spellings, after it was read.
     *
     * @param form pure, and the same for a value it already gave; an {@link
     *     IllegalArgumentException} becomes a violation with its message
     * @return a changed copy
     */
    public Draft<T> canonical(UnaryOperator<T> form) {
      Draft<T> copy = new Draft<>(this);
      copy.canonical = form;
      return copy;
    }

    /**
     * Makes absolute what is relative in a value (a path within a URL, say), after it was read and
     * brought into its canonical form. A {@link Setting#path} does that by itself.
     *
     * @param how takes a value and the folder of the manifest; pure, and leaves alone what it gave
     * @return a changed copy
     */
    public Draft<T> resolved(BiFunction<T, Path, T> how) {
      Draft<T> copy = new Draft<>(this);
      copy.resolver = how;
      return copy;
    }

    private <C extends Choice> Draft<T> choices(List<C> values) {
      Draft<T> copy = new Draft<>(this);
      copy.choices = values;
      return copy;
    }

    /**
     * A setting that must be given.
     *
     * @return the setting
     */
    public Setting<T> required() {
      return new Setting<>(this, true, null, this::cast);
    }

    /**
     * A setting with a value for where none is given.
     *
     * @param value the default
     * @return the setting
     */
    public Setting<T> orElse(T value) {
      return new Setting<>(this, false, value, v -> v == null ? value : cast(v));
    }

    /**
     * A setting that may be absent, and then has no value.
     *
     * @return the setting
     */
    public Setting<Optional<T>> optional() {
      return new Setting<>(
          this, false, null, v -> v == null ? Optional.<T>empty() : Optional.of(cast(v)));
    }

    @SuppressWarnings("unchecked") // only ever called with what this draft's own parser gave
    private T cast(@Nullable Object value) {
      return (T) Objects.requireNonNull(value, "checked by the spec");
    }

    private T parse(Object raw, Path base) {
      T value = parser.parse(raw);
      if (pattern != null && !pattern.matcher(value.toString()).matches()) {
        throw new SettingValues.Wrong("setting.pattern", "must be " + patternHint + ".");
      }
      if (least != null && greatest != null) {
        SettingValues.requireBetween(value, least, greatest);
      }
      if (canonical != null) {
        try {
          value = canonical.apply(value);
        } catch (IllegalArgumentException e) {
          throw new SettingValues.Wrong("setting.invalid", String.valueOf(e.getMessage()));
        }
      }
      return resolver == null ? value : resolver.apply(value, base);
    }
  }

  /** Names of the choices, for messages. */
  static String words(List<? extends Choice> choices) {
    return Stream.of(choices.toArray(Choice[]::new))
        .map(c -> "\"" + c.id() + "\"")
        .reduce((a, b) -> a + ", " + b)
        .orElse("");
  }
}
