package dev.landfall.testkit.stage;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.outcome.Problem;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at what the connector says to people: problems, notices, and what a check found. */
final class Speech {

  /** The rules that are held against it, by their ids. */
  record Held(String ofProblems, String ofCodes, String ofReports, String ofItems) {
    static final Held TO_DESTINATIONS = new Held("D-5.11", "D-5.18", "D-9.6", "D-9.7");
    static final Held TO_SOURCES = new Held("S-3.10", "S-3.11", "S-7.4", "S-7.7");
  }

  private final String connector;
  private final Held held;
  private final Watch watch;
  private final Privacy privacy;

  Speech(String connector, Held held, Watch watch, Privacy privacy) {
    this.connector = connector;
    this.held = held;
    this.watch = watch;
    this.privacy = privacy;
  }

  void look(Problem problem) {
    privacy.look("a problem's message", problem.message());
    privacy.look("a problem's remedy", problem.remedy());
    privacy.look("a problem's code", problem.code());
    found(held.ofProblems(), "a problem that people can act on", ProblemForm.wrong(problem));
    lookAtCode(problem.code());
  }

  void noticed(String code, String message) {
    watch.saw("  notice " + code);
    privacy.look("a notice", message);
    privacy.look("a notice's code", code);
    lookAtCode(code);
  }

  private void lookAtCode(String code) {
    found(held.ofCodes(), "a code of the connector's own", ProblemForm.wrongCode(code, connector));
  }

  private void found(String rule, String expected, @Nullable String actual) {
    if (actual != null) {
      watch.found(rule, expected, actual);
    }
  }

  /** What a check found; nothing if it threw, or gave nothing. */
  CheckReport checked(Supplier<CheckReport> check) {
    CheckReport report;
    try {
      report = check.get();
    } catch (Throwable e) {
      Thrown.unlessFatal(e);
      privacy.look("what check threw", e);
      return noReport("it threw " + Thrown.words(e));
    }
    if (report == null) {
      return noReport("it was null");
    }
    for (CheckReport.Item item : report.items()) {
      watch.saw("  " + item.name() + ": " + item.status());
      privacy.look("an item of a check", item.toString());
      found(held.ofItems(), "an item that tells what was seen", ProblemForm.wrongItem(item));
      if (item.problem() != null) {
        look(item.problem());
      }
    }
    return report;
  }

  private CheckReport noReport(String actual) {
    watch.found(held.ofReports(), "a report from check, whatever happened", actual);
    return new CheckReport(List.of());
  }
}
