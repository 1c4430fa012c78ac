package dev.landfall.testkit.record;

import static dev.landfall.testkit.record.RecordSabotage.saboteur;
import static dev.landfall.testkit.record.RecordSabotage.writing;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.Destination;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.sync.Batch;
import dev.landfall.testkit.record.RecordSabotage.Breakable;
import dev.landfall.testkit.saboteur.Saboteur;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Wrong in what they do besides: a record of their own, a stop too many, a wrong blame. */
final class StraySaboteurs {

  private static final Map<String, Object> OWN = Map.of("id", "a record of its own");

  static final List<Saboteur> ALL =
      List.of(
          saboteur(
              "writes a record of its own besides",
              "there are 1 others",
              "D-12.2 D-3.3 D-3.5 D-4.1 D-4.2 D-4.6 D-5.4 D-5.5 D-5.7 D-5.8 D-8.5 D-8.7 D-8.8 "
                  + "D-12.3 D-12.4 D-12.5 D-12.6 D-12.7 D-12.9 D-12.10 D-12.11 D-12.12 D-12.13 "
                  + "D-12.15 D-12.16 D-12.17",
              writing(
                  file ->
                      new Breakable(file) {
                        @Override
                        protected List<Outcome> write(Table table, Batch batch) {
                          if (table.hasColumn("id") && table.find(OWN).isEmpty()) {
                            table.add(OWN);
                          }
                          return super.write(table, batch);
                        }
                      })),
          saboteur(
              "stops for a record that is not there",
              "there was a stop",
              "D-12.7",
              stoppingFor(TableProblems.NOT_THERE)),
          saboteur(
              "stops for a value that does not fit",
              "there was a stop",
              "D-12.13 D-5.6",
              stoppingFor(TableProblems.UNFIT)),
          saboteur(
              "takes a field that is not there for an outage",
              "it was UNAVAILABLE",
              "D-12.18",
              () ->
                  new GoldenTableDestination() {
                    @Override
                    public DestinationSession open(SessionRequest request) {
                      try {
                        return super.open(request);
                      } catch (ConnectorException e) {
                        throw e.problem().equals(TableProblems.COLUMN)
                            ? new ConnectorException(TableProblems.NOT_READ)
                            : e;
                      }
                    }
                  }));

  private StraySaboteurs() {}

  private static Supplier<Destination> stoppingFor(Problem problem) {
    return writing(
        file ->
            new Breakable(file) {
              @Override
              public BatchResult deliver(Batch batch) {
                BatchResult golden = super.deliver(batch);
                return golden.outcomes().contains(new Outcome.Rejected(problem))
                    ? new BatchResult(golden.outcomes(), problem)
                    : golden;
              }
            });
  }
}
