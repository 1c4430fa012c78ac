package dev.landfall.host.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.landfall.connector.sync.ChangeKind;
import dev.landfall.host.ledger.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedTest {

  private final SimulatedDelivery plan = new SimulatedDelivery(1).removes(2).adds(25_000);

  @Test
  void handsOutOneDirectionInItsOrderOverManyPages() {
    Feed feed = new Feed(plan, ChangeKind.ADD, 25_000, Long.MAX_VALUE);

    long expected = 3;
    while (!feed.exhausted()) {
      for (Change change : feed.next(999)) {
        assertThat(change.seq()).isEqualTo(expected++);
      }
    }

    assertThat(feed.handed()).isEqualTo(25_000);
  }

  @Test
  void endsAtTheLimit() {
    Feed feed = new Feed(plan, ChangeKind.ADD, 25_000, 7);

    assertThat(feed.next(5)).hasSize(5);
    assertThat(feed.next(5)).hasSize(2);
    assertThat(feed.exhausted()).isTrue();
  }

  @Test
  void aPlanThatEndsBeforeItsCountIsNotTakenForDone() {
    Feed feed = new Feed(plan, ChangeKind.REMOVE, 3, Long.MAX_VALUE);

    assertThatThrownBy(() -> feed.next(3)).hasMessageContaining("ends before its count");
  }

  @Test
  void aPlanOutOfOrderIsRefused() {
    List<Change> page = List.of(plan.plan.get(3), plan.plan.get(2));
    Changes backwards =
        new Changes() {
          @Override
          public long count(ChangeKind kind) {
            return 2;
          }

          @Override
          public List<Change> page(ChangeKind kind, long afterSeq, int max) {
            return page;
          }
        };

    assertThatThrownBy(() -> new Feed(backwards, ChangeKind.ADD, 2, 2).next(2))
        .hasMessageContaining("out of order");
  }
}
