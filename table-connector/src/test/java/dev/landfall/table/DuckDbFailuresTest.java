package dev.landfall.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.landfall.table.StoreException.Fate;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** DuckDB's words for what no test can bring about on every machine, as they were seen. */
class DuckDbFailuresTest {

  private static final Table TABLE =
      new Table(
          "\"db\".\"main\".\"t\"",
          "t",
          List.of(),
          List.of(new Table.Unique(Set.of("a", "b"))),
          false);

  private static StoreException running(String message) {
    return DuckDbFailures.running(new SQLException(message), TABLE);
  }

  private static StoreException committing(String message) {
    return DuckDbFailures.committing(new SQLException(message), TABLE);
  }

  @Test
  void aDiskThatIsFullWhileRowsAreWrittenStopsTheRun() {
    StoreException failure =
        running("IO Error: Could not write file \"/data/t.duckdb.tmp\": No space left on device");
    assertThat(failure.fate()).isEqualTo(Fate.STOP);
    assertThat(failure.inDoubt()).isFalse();
    assertThat(failure.problem().code()).isEqualTo("table.disk-full");
  }

  @Test
  void aDiskThatIsFullAtTheCommitLeavesItInDoubt() {
    StoreException failure =
        committing(
            "TransactionContext Error: Failed to commit: Could not write file"
                + " \"/data/conflict/t.duckdb.wal\": No space left on device");
    assertThat(failure.inDoubt()).isTrue();
    assertThat(failure.problem().code()).isEqualTo("table.commit-unseen");
    assertThat(failure.stop()).extracting(p -> p.code()).isEqualTo("table.disk-full");
  }

  @Test
  void whatOthersDidMeanwhileUndoesACommitForCertain() {
    StoreException failure =
        committing(
            "TransactionContext Error: Failed to commit: PRIMARY KEY or UNIQUE constraint"
                + " violation: duplicate key \"canary\"");
    assertThat(failure.inDoubt()).isFalse();
    assertThat(failure.fate()).isEqualTo(Fate.AGAIN);
    assertThat(failure.problem().code()).isEqualTo("table.conflict");
  }

  @Test
  void anythingElseAtTheCommitLeavesItInDoubt() {
    assertThat(committing("FATAL Error: whatever").inDoubt()).isTrue();
    assertThat(committing("something without a kind").inDoubt()).isTrue();
  }

  @Test
  void whatIsNotKnownStopsTheRunWithoutItsWords() {
    StoreException failure = running("INTERNAL Error: canary");
    assertThat(failure.fate()).isEqualTo(Fate.STOP);
    assertThat(failure.problem().message()).contains("INTERNAL Error").doesNotContain("canary");
  }

  @Test
  void aFileThatThisProcessKeepsFromOthersIsTriedAgain() {
    StoreException failure =
        DuckDbFailures.opening(
            new SQLException(
                "Resource In Use Error: Unique file handle conflict: Cannot attach \"t\" - the"
                    + " database file \"/data/t.duckdb\" is already attached by database \"t\""),
            Path.of("/data/t.duckdb"));
    assertThat(failure.fate()).isEqualTo(Fate.AGAIN);
    assertThat(failure.problem().code()).isEqualTo("table.database-in-use-here");
  }

  @Test
  void aMemoryThatIsTooSmallStopsTheRun() {
    assertThat(running("Out of Memory Error: failed to pin block").problem().code())
        .isEqualTo("table.out-of-memory");
  }
}
