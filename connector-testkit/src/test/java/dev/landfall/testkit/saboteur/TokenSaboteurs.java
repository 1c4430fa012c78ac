package dev.landfall.testkit.saboteur;

import static dev.landfall.testkit.saboteur.Sabotage.calling;

import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.testkit.golden.Problems;
import dev.landfall.testkit.golden.Reply;
import dev.landfall.testkit.saboteur.Sabotage.BreakableApi;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Wrong with tokens and credentials: D-6. */
final class TokenSaboteurs {

  static final List<Saboteur> ALL =
      List.of(
          Saboteur.of(
              "asks for a token with every call",
              "one request for a token over 20 batches",
              "D-6.1 D-6.3",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        @Override
                        protected synchronized Reply token() {
                          return askForToken();
                        }
                      })),
          Saboteur.of(
              "never renews a token",
              "Delivered for member",
              "D-6.2 D-6.3",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        @Override
                        protected synchronized void drop(Reply.Token refused) {}
                      })),
          Saboteur.of(
              "asks for a token in every thread",
              "one request for a token by 8 threads",
              "D-6.3",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        private volatile Reply.@Nullable Token held;

                        @Override
                        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // on purpose
                        protected Reply token() {
                          Reply.Token kept = held;
                          if (kept != null) {
                            return kept;
                          }
                          Reply asked = askForToken();
                          held = asked instanceof Reply.Token granted ? granted : null;
                          return asked;
                        }

                        @Override
                        protected synchronized void drop(Reply.Token refused) {
                          held = null;
                        }
                      })),
          Saboteur.of(
              "takes refused credentials for an outage",
              "it was UNAVAILABLE",
              "D-6.4 D-9.2",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        @Override
                        protected Reply askForToken() {
                          Reply asked = super.askForToken();
                          return asked instanceof Reply.Refused
                              ? new Reply.NotSent(Problems.UNAVAILABLE)
                              : asked;
                        }
                      })),
          Saboteur.of(
              "tries refused credentials again and again",
              "at most 5 requests for a token",
              "D-6.4",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        @Override
                        protected Reply askForToken() {
                          Reply asked = super.askForToken();
                          for (int i = 0; i < 10 && asked instanceof Reply.Refused; i++) {
                            asked = super.askForToken();
                          }
                          return asked;
                        }
                      })),
          Saboteur.of(
              "blames the credentials when the endpoint is down",
              "it was AUTHENTICATION",
              "D-6.5 D-7.12 D-9.4",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        @Override
                        protected Reply askForToken() {
                          Reply asked = super.askForToken();
                          return asked instanceof Reply.NotSent
                              ? new Reply.Refused(
                                  Sabotage.problem(
                                      ProblemKind.AUTHENTICATION, "Check the credentials."))
                              : asked;
                        }
                      })),
          Saboteur.of(
              "tries whatever is refused again and again",
              "at most 5 requests for a token",
              "D-6.6 D-6.4",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        @Override
                        public Reply call(String method, String path, @Nullable String json) {
                          Reply reply = super.call(method, path, json);
                          for (int i = 0; i < 10 && reply instanceof Reply.Refused; i++) {
                            reply = super.call(method, path, json);
                          }
                          return reply;
                        }
                      })),
          Saboteur.of(
              "takes a new token that is refused for an outage",
              "it was UNAVAILABLE",
              "D-6.6",
              calling(
                  (connection, context) ->
                      new BreakableApi(connection, context) {
                        private int asked;

                        @Override
                        protected synchronized Reply askForToken() {
                          asked++;
                          return super.askForToken();
                        }

                        @Override
                        public Reply call(String method, String path, @Nullable String json) {
                          Reply reply = super.call(method, path, json);
                          return reply instanceof Reply.Refused && asked > 1
                              ? new Reply.NotSent(Problems.UNAVAILABLE)
                              : reply;
                        }
                      })));

  private TokenSaboteurs() {}
}
