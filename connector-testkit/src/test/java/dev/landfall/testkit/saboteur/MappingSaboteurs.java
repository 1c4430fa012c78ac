package dev.landfall.testkit.saboteur;

import static dev.landfall.testkit.saboteur.Sabotage.WRONG;
import static dev.landfall.testkit.saboteur.Sabotage.all;
import static dev.landfall.testkit.saboteur.Sabotage.delivering;
import static dev.landfall.testkit.saboteur.Sabotage.naming;
import static dev.landfall.testkit.saboteur.Sabotage.opening;

import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.Outcome;
import dev.landfall.connector.sync.FieldIdentity;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.connector.sync.Row;
import dev.landfall.testkit.golden.Api;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.Reply;
import dev.landfall.testkit.saboteur.Sabotage.Breakable;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Wrong in how they find fields and members, or in how they open: more of D-3 and D-4. */
final class MappingSaboteurs {

  private static final Pattern ZEROS = Pattern.compile("0+(?=\\d)");

  static final List<Saboteur> ALL =
      List.of(
          Saboteur.of(
              "takes an id of digits for a number",
              "exactly the keys that were delivered",
              "D-3.3 D-5.5",
              naming(id -> id.matches("\\d+") ? ZEROS.matcher(id).replaceFirst("") : id)),
          Saboteur.of(
              "takes the first field for the id",
              "exactly [member 0] in target 0",
              "D-3.5 D-5.5",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        @Override
                        protected @Nullable String key(Row row) {
                          return row.text(0);
                        }
                      })),
          Saboteur.of(
              "fails for want of an optional field",
              "another outcome than Unknown",
              "D-3.6",
              delivering(
                  (golden, batch) ->
                      batch.rows().stream().anyMatch(MappingSaboteurs::lacksSomethingElse)
                          ? all(batch.size(), new Outcome.Unknown(WRONG, null))
                          : golden.deliver(batch))),
          Saboteur.of(
              "takes for one member who are several to the service",
              "exactly [member 0] in target 0",
              "D-3.7",
              () ->
                  new GoldenDestination() {
                    @Override
                    protected FieldSpec idField() {
                      return super.idField().identifiedBy(FieldIdentity.TRIMMED);
                    }
                  }),
          Saboteur.of(
              "throws what it likes when no session can be opened",
              "open threw java.lang.IllegalStateException",
              "D-4.5 D-6.4 D-6.5 D-7.12",
              () ->
                  new GoldenDestination() {
                    @Override
                    protected DestinationSession session(SessionRequest request, Api api) {
                      if (api.call("GET", "/lists/any", null) instanceof Reply.Answer) {
                        return super.session(request, api);
                      }
                      api.close();
                      throw new IllegalStateException("The service gives no token");
                    }
                  }));

  private MappingSaboteurs() {}

  private static boolean lacksSomethingElse(Row row) {
    List<FieldSpec> fields = row.schema().fields();
    for (int i = 0; i < fields.size(); i++) {
      if (!row.schema().key().contains(fields.get(i).name()) && row.value(i) == null) {
        return true;
      }
    }
    return false;
  }
}
