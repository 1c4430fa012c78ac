package dev.landfall.testkit.golden;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckReport.Item;
import java.util.List;

/** Looks at a list without changing it. */
final class GoldenCheck {

  private static final String CREDENTIALS = "credentials";
  private static final String LIST = "list";

  private GoldenCheck() {}

  static CheckReport of(Api api, String list) {
    Reply reply = api.call("GET", "/lists/" + Api.segment(list), null);
    if (reply instanceof Reply.Refused refused) {
      return report(
          Item.failed(CREDENTIALS, refused.problem()),
          Item.unverified(LIST, "Nobody can look at it without credentials."));
    } else if (reply instanceof Reply.Answer answer) {
      return ofAnswer(answer, list);
    }
    return report(
        Item.unverified(CREDENTIALS, "The service gave no answer."),
        Item.failed("service", Problems.UNAVAILABLE));
  }

  private static CheckReport ofAnswer(Reply.Answer answer, String list) {
    Item credentials = Item.passed(CREDENTIALS, "The service takes them.");
    if (answer.status() == 200 && answer.json().path("list").asString("").equals(list)) {
      return report(credentials, Item.passed(LIST, "The list exists."));
    } else if (answer.status() == 404) {
      return report(credentials, Item.failed(LIST, Problems.NO_LIST));
    } else if (answer.status() == 403) {
      return report(credentials, Item.failed(LIST, Problems.PERMISSION));
    }
    return report(
        Item.unverified(CREDENTIALS, "The answer says nothing of them."),
        Item.unverified(LIST, "The answer says nothing of it."));
  }

  private static CheckReport report(Item... items) {
    return new CheckReport(List.of(items));
  }
}
