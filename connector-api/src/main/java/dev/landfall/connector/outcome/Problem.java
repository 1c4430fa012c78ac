package dev.landfall.connector.outcome;

import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What went wrong, and what to do about it. No component ever holds a secret, a token, a record's
 * values or a response body: problems are printed, logged and stored.
 *
 * @param kind what sort of thing went wrong; decides how a host reacts
 * @param code stable and open, for programs: lower-case words with dots and hyphens, the
 *     connector's name first, such as {@code kognitiv.member-not-found}
 * @param message one sentence of what happened
 * @param remedy one sentence of what to do
 */
public record Problem(ProblemKind kind, String code, String message, String remedy)
    implements Serializable {

  private static final Pattern CODE = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");

  /**
   * Checks the form of the code.
   *
   * @throws IllegalArgumentException if the code has another form than {@code
   *     connector.what-happened}
   */
  public Problem {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(remedy, "remedy");
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("Not a problem code: " + code);
    }
  }
}
