package dev.landfall.testkit.golden;

import dev.landfall.connector.ConfirmsLater;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Confirmation;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Receipt;
import dev.landfall.connector.sync.Batch;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Keeps nothing of what was taken on: the receipt is all that another session needs. */
public class GoldenLaterSession extends GoldenSession implements ConfirmsLater {

  private static final Duration SOON = Duration.ofSeconds(1);

  protected GoldenLaterSession(Api api, String list) {
    super(api, list);
  }

  @Override
  protected BatchResult judge(List<String> keys, Reply.Answer answer) {
    String receipt = answer.json().path("receipt").asString("");
    return answer.status() == 202 && !receipt.isEmpty()
        ? all(keys.size(), new Outcome.Accepted(new Receipt(receipt)))
        : super.judge(keys, answer);
  }

  @Override
  public Confirmation confirm(Receipt receipt, Batch batch) {
    Reply reply = api.call("GET", "/receipts/" + Api.segment(receipt.value()), null);
    if (reply instanceof Reply.Answer answer && answer.status() == 200) {
      JsonNode json = answer.json();
      if (json.path("state").asString("").equals("done")) {
        return new Confirmation.Settled(
            results(batch.rows().stream().map(this::key).toList(), json));
      }
    }
    return new Confirmation.Pending(SOON);
  }
}
