package dev.landfall.testkit.saboteur;

import static dev.landfall.testkit.saboteur.CheckSaboteurs.FINE;
import static dev.landfall.testkit.saboteur.CheckSaboteurs.failed;
import static dev.landfall.testkit.saboteur.CheckSaboteurs.has;
import static dev.landfall.testkit.saboteur.PrivacySaboteurs.secret;
import static dev.landfall.testkit.saboteur.Sabotage.checking;
import static dev.landfall.testkit.saboteur.Sabotage.opening;
import static dev.landfall.testkit.saboteur.Sabotage.problem;

import dev.landfall.connector.CheckReport;
import dev.landfall.connector.CheckReport.Item;
import dev.landfall.connector.CheckRequest;
import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.DestinationSession;
import dev.landfall.connector.SessionRequest;
import dev.landfall.connector.outcome.BatchResult;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.sync.FieldSpec;
import dev.landfall.testkit.golden.Api;
import dev.landfall.testkit.golden.GoldenDestination;
import dev.landfall.testkit.golden.Problems;
import dev.landfall.testkit.golden.Reply;
import dev.landfall.testkit.saboteur.Sabotage.Breakable;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Right in what they deliver, and wrong at an edge of what they say besides. */
final class QuietSaboteurs {

  private static final AtomicInteger MADE = new AtomicInteger();

  static final List<Saboteur> ALL =
      List.of(
          Saboteur.of(
              "describes itself anew in each instance",
              "another instance has another",
              "D-1.5",
              () ->
                  new GoldenDestination() {
                    private final int number = MADE.incrementAndGet();

                    @Override
                    protected FieldSpec idField() {
                      return super.idField().describedAs("Who it is, told " + number + " times.");
                    }
                  }),
          Saboteur.of(
              "has a blank name",
              "a name that a person sees",
              "D-1.7",
              () ->
                  new GoldenDestination() {
                    @Override
                    protected String name() {
                      return " ";
                    }
                  }),
          Saboteur.of(
              "finds fault in a check in any thread but the first",
              "one found something else",
              "D-8.11",
              () ->
                  new GoldenDestination() {
                    private final AtomicReference<@Nullable Thread> first = new AtomicReference<>();

                    @Override
                    public CheckReport check(CheckRequest request) {
                      Thread here = Thread.currentThread();
                      return first.compareAndSet(null, here) || here.equals(first.get())
                          ? super.check(request)
                          : failed(ProblemKind.UNAVAILABLE);
                    }
                  }),
          Saboteur.of(
              "blames the credentials in a check while the service is down",
              "nothing said of the credentials",
              "D-9.4",
              checking(
                  (golden, request) ->
                      has(golden.check(request), ProblemKind.UNAVAILABLE)
                          ? failed(ProblemKind.AUTHENTICATION)
                          : golden.check(request))),
          Saboteur.of(
              "passes a check of a service that cannot be reached",
              "while the system answers nothing of use",
              "D-9.4",
              checking(
                  (golden, request) -> {
                    try (Api api =
                        new Sabotage.BreakableApi(request.connection(), request.context())) {
                      return api.call("GET", "/lists/any", null) instanceof Reply.NotSent
                          ? FINE
                          : golden.check(request);
                    }
                  })),
          Saboteur.of(
              "has an item that says little of a list that it may not see",
              "list has no whole sentence",
              "D-9.7",
              checking(
                  (golden, request) ->
                      has(golden.check(request), ProblemKind.PERMISSION)
                          ? new CheckReport(List.of(Item.unverified("list", "no")))
                          : golden.check(request))),
          Saboteur.of(
              "blames itself when it is asked for the fields of a list that does not exist",
              "a problem of one of the kinds",
              "D-9.8",
              () ->
                  new GoldenDestination() {
                    @Override
                    public List<FieldSpec> fields(CheckRequest request) {
                      try {
                        return super.fields(request);
                      } catch (ConnectorException e) {
                        throw new ConnectorException(
                            problem(ProblemKind.INTERNAL, "This should not happen."));
                      }
                    }
                  }),
          Saboteur.of(
              "has the secret in what it says of a mode",
              "what open threw",
              "D-10.1",
              () ->
                  new GoldenDestination() {
                    @Override
                    public DestinationSession open(SessionRequest request) {
                      if (!descriptor().modes().contains(request.mode())) {
                        throw new ConnectorException(
                            problem(
                                ProblemKind.CONFIGURATION,
                                "No such mode for " + secret(request) + "."));
                      }
                      return super.open(request);
                    }
                  }),
          Saboteur.of(
              "has the secret in what it says of refused credentials",
              "a problem's message",
              "D-10.1",
              opening(
                  (request, api) ->
                      new Breakable(api, Saboteur.list(request)) {
                        @Override
                        protected BatchResult judge(List<String> keys, Reply reply) {
                          return reply instanceof Reply.Refused
                              ? BatchResult.stopped(
                                  List.of(),
                                  keys.size(),
                                  problem(
                                      ProblemKind.AUTHENTICATION,
                                      "The service refuses " + secret(request) + "."))
                              : super.judge(keys, reply);
                        }
                      })),
          Saboteur.of(
              "has the secret in what it throws when the service fails at open",
              "what open threw",
              "D-10.1",
              opening(
                  (request, api) -> {
                    String list = Saboteur.list(request);
                    Reply reply = api.call("GET", "/lists/" + Api.segment(list), null);
                    if (reply instanceof Reply.Lost) {
                      throw new ConnectorException(
                          Problems.UNAVAILABLE, new IllegalStateException(secret(request)));
                    }
                    return new Breakable(api, list);
                  })));

  private QuietSaboteurs() {}
}
