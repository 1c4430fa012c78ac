package dev.landfall.testkit.saboteur;

import static dev.landfall.testkit.saboteur.Sabotage.checking;
import static dev.landfall.testkit.saboteur.Sabotage.problem;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckReport.Item;
import dev.landfall.connector.CheckReport.Status;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.testkit.golden.Api;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.GoldenSettings;
import dev.landfall.testkit.golden.Reply;
import java.util.List;

/** Wrong in their check: D-9. */
final class CheckSaboteurs {

  static final CheckReport FINE = new CheckReport(List.of(Item.passed("all", "All is well.")));

  static final List<Saboteur> ALL =
      List.of(
          Saboteur.of(
              "checks nothing",
              "there is no item",
              "D-9.1 D-9.2 D-9.3 D-9.4",
              checking((golden, request) -> new CheckReport(List.of()))),
          Saboteur.of(
              "finds something wrong with what is right",
              "no failed item",
              "D-9.1",
              checking(
                  (golden, request) ->
                      golden.check(request).ok()
                          ? failed(ProblemKind.TARGET_NOT_FOUND)
                          : golden.check(request))),
          Saboteur.of(
              "passes every check",
              "a failed item of kind AUTHENTICATION",
              "D-9.2 D-9.3 D-9.4",
              checking((golden, request) -> FINE)),
          Saboteur.of(
              "passes a target that does not exist",
              "a target that does not exist",
              "D-9.3",
              checking(
                  (golden, request) -> {
                    CheckReport report = golden.check(request);
                    return has(report, ProblemKind.TARGET_NOT_FOUND) ? FINE : report;
                  })),
          Saboteur.of(
              "blames the credentials for a target that does not exist",
              "a failed item of kind TARGET_NOT_FOUND",
              "D-9.3",
              checking(
                  (golden, request) -> {
                    CheckReport report = golden.check(request);
                    return has(report, ProblemKind.TARGET_NOT_FOUND)
                        ? failed(ProblemKind.AUTHENTICATION)
                        : report;
                  })),
          Saboteur.of(
              "passes a system that is down",
              "while the system answers nothing of use",
              "D-9.4",
              checking(
                  (golden, request) -> {
                    CheckReport report = golden.check(request);
                    return has(report, ProblemKind.UNAVAILABLE) ? FINE : report;
                  })),
          Saboteur.of(
              "makes the target that it checks",
              "no target made by a check",
              "D-9.5 D-9.3",
              checking((golden, request) -> afterCall(golden, request, "PUT", ""))),
          Saboteur.of(
              "checks with a member of its own",
              "nobody put into a target by a check",
              "D-9.5 D-5.5",
              checking((golden, request) -> afterCall(golden, request, "PUT", "/members/probe"))),
          Saboteur.of(
              "throws in a check of a system that is down",
              "a report from check",
              "D-9.6 D-9.4",
              checking(
                  (golden, request) -> {
                    CheckReport report = golden.check(request);
                    if (has(report, ProblemKind.UNAVAILABLE)) {
                      throw new IllegalStateException("The service is down");
                    }
                    return report;
                  })));

  private CheckSaboteurs() {}

  static boolean has(CheckReport report, ProblemKind kind) {
    return report.items().stream()
        .anyMatch(
            item ->
                item.status() == Status.FAILED
                    && item.problem() != null
                    && item.problem().kind() == kind);
  }

  static CheckReport failed(ProblemKind kind) {
    return new CheckReport(List.of(Item.failed("all", problem(kind, "Something is wrong."))));
  }

  private static CheckReport afterCall(
      GoldenDestination golden, CheckRequest request, String method, String more) {
    String list = Api.segment(request.target().get(GoldenSettings.LIST));
    try (Api api = new Sabotage.BreakableApi(request.connection(), request.context())) {
      Reply unused = api.call(method, "/lists/" + list + more, null);
    }
    return golden.check(request);
  }
}
