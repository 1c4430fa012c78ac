package dev.landfall.testkit.stage;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.outcome.Problem;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The form of what people read: problems, notices and the items of a check. */
final class ProblemForm {

  private static final Pattern CODE = Pattern.compile("([a-z0-9-]+)(\\.[a-z0-9-]+)+");

  private ProblemForm() {}

  /** What is wrong with a problem's form, or null. */
  static @Nullable String wrong(Problem problem) {
    if (!isSentence(problem.message())) {
      return problem.code() + " has no whole sentence for a message";
    }
    if (problem.remedy().isBlank()) {
      return problem.code() + " does not say what to do";
    }
    return problem.message().lines().count() > 1 ? problem.code() + " has several lines" : null;
  }

  /**
   * What is wrong with the code of a problem or a notice, or null. The connectors of one system may
   * share the first words of their ids.
   */
  static @Nullable String wrongCode(String code, String connector) {
    var parts = CODE.matcher(code);
    if (!parts.matches()) {
      return "a notice's code is no word of lower-case letters with dots and hyphens";
    }
    return (connector + "-").startsWith(parts.group(1) + "-")
        ? null
        : "the code " + code + " does not begin with " + connector;
  }

  /** What is wrong with an item of a check, or null. */
  static @Nullable String wrongItem(CheckReport.Item item) {
    if (item.name().isBlank()) {
      return "an item has no name";
    }
    return isSentence(item.message()) ? null : item.name() + " has no whole sentence";
  }

  private static boolean isSentence(String text) {
    return !text.isBlank() && text.strip().matches("(?s).*[.!?]");
  }
}
