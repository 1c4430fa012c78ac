package dev.landfall.connector.settings;

/**
 * One thing that is wrong with what a person wrote.
 *
 * @param pointer where, as a JSON pointer (RFC 6901) relative to the section that was checked;
 *     empty for the section itself
 * @param code stable, for programs, such as {@code setting.missing}
 * @param message one sentence, fit to be shown, of what is wrong and how it should be; never a
 *     secret
 */
public record Violation(String pointer, String code, String message) {

  /**
   * The same violation, seen from a document around the section.
   *
   * @param prefix the JSON pointer of the section
   * @return a violation whose pointer starts there
   */
  public Violation under(String prefix) {
    return new Violation(prefix + pointer, code, message);
  }

  /**
   * The JSON pointer to a member of an object.
   *
   * @param name the member's name
   * @return a slash and the name, with {@code ~} and {@code /} escaped
   */
  public static String pointerTo(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
