package dev.landfall.testkit.stage;

import dev.landfall.connector.outcome.Problem;

/** Looks at what the connector says to people: its problems and its notices. */
final class Speech {

  private final String connector;
  private final Watch watch;
  private final Privacy privacy;

  Speech(String connector, Watch watch, Privacy privacy) {
    this.connector = connector;
    this.watch = watch;
    this.privacy = privacy;
  }

  void look(Problem problem) {
    privacy.look("a problem's message", problem.message());
    privacy.look("a problem's remedy", problem.remedy());
    privacy.look("a problem's code", problem.code());
    String form = ProblemForm.wrong(problem);
    if (form != null) {
      watch.found("D-5.11", "a problem that people can act on", form);
    }
    lookAtCode(problem.code());
  }

  void noticed(String code, String message) {
    watch.saw("  notice " + code);
    privacy.look("a notice", message);
    privacy.look("a notice's code", code);
    lookAtCode(code);
  }

  private void lookAtCode(String code) {
    String form = ProblemForm.wrongCode(code, connector);
    if (form != null) {
      watch.found("D-5.18", "a code of the connector's own", form);
    }
  }
}
