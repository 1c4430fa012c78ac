package dev.landfall.kognitiv;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckReport.Item;
import dev.landfall.connector.CheckRequest;
import java.util.List;

/** Looks, item by item, whether a sync would work; changes nothing. */
final class KognitivCheck {

  private static final String ADDRESS = "API base URL";
  private static final String CREDENTIALS = "credentials";

  private final CheckRequest request;
  private final String group;

  KognitivCheck(CheckRequest request) {
    this.request = request;
    group = "group " + request.target().get(KognitivSettings.GROUP_REFERENCE);
  }

  CheckReport report() {
    try (KognitivCalls calls = new KognitivCalls(request.connection(), request.context())) {
      TokenAnswer token = calls.token();
      if (token instanceof TokenAnswer.Granted) {
        return new CheckReport(
            List.of(
                reached(),
                Item.passed(CREDENTIALS, "The token endpoint gave a token."),
                group(calls)));
      }
      if (token instanceof TokenAnswer.Refused refused) {
        return refused(refused);
      }
      return unavailable((TokenAnswer.Unavailable) token);
    }
  }

  private Item reached() {
    return Item.passed(
        ADDRESS,
        request.connection().get(KognitivSettings.API_BASE_URL) + " answers token requests.");
  }

  private CheckReport refused(TokenAnswer.Refused refused) {
    String code = refused.problem().code();
    boolean ofCredentials =
        code.equals(KognitivProblem.INVALID_CLIENT_CREDENTIALS.code())
            || code.equals(KognitivProblem.TOKEN_REQUEST_REFUSED.code());
    return new CheckReport(
        ofCredentials
            ? List.of(reached(), Item.failed(CREDENTIALS, refused.problem()), groupUnasked())
            : List.of(
                Item.failed(ADDRESS, refused.problem()),
                Item.unverified(CREDENTIALS, "The credentials could not be tried."),
                groupUnasked()));
  }

  private CheckReport unavailable(TokenAnswer.Unavailable unavailable) {
    return new CheckReport(
        List.of(
            unavailable.answered()
                ? Item.passed(ADDRESS, "The server answers.")
                : Item.failed(ADDRESS, unavailable.problem()),
            Item.unverified(
                CREDENTIALS,
                "The credentials could not be tried. " + unavailable.problem().message()),
            groupUnasked()));
  }

  private Item groupUnasked() {
    return Item.unverified(group, "The groups cannot be asked for without a token.");
  }

  private Item group(KognitivCalls calls) {
    GroupList.Finding finding =
        new GroupList(calls, request.target().get(KognitivSettings.GROUP_REFERENCE)).ask();
    if (finding.wrong() != null) {
      return Item.failed(group, finding.wrong());
    }
    return switch (finding.sighting()) {
      case PRESENT -> Item.passed(group, finding.why());
      case ABSENT -> Item.failed(group, KognitivProblem.GROUP_NOT_FOUND.problem());
      case CANNOT_TELL, NO_ANSWER -> Item.unverified(group, finding.why());
    };
  }
}
