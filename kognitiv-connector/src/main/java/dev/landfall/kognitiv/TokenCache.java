package dev.landfall.kognitiv;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the token until shortly before it expires, and asks for one once, however many threads want
 * it. A token that was refused is thrown away only if it is still the one that is kept: else each
 * of many threads that hold the old one would throw away the new one of another.
 */
final class TokenCache {

  /**
   * Whose token it is.
   *
   * @param endpoint who gives it
   * @param clientId to whom
   */
  private record Credential(URI endpoint, String clientId) {}

  /**
   * What the cache gave, and which of its entries it was.
   *
   * @param entry the entry
   * @param answer what it holds
   */
  record Ticket(CompletableFuture<TokenAnswer> entry, TokenAnswer answer) {}

  private final TokenEndpoint endpoint;
  private final Credential credential;
  private final AsyncCache<Credential, TokenAnswer> cache;

  TokenCache(TokenEndpoint endpoint, KognitivSettings.TokenRequest request, Clock clock) {
    this.endpoint = endpoint;
    credential = new Credential(request.endpoint(), request.clientId());
    cache =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .expireAfter(Expiry.creating((Credential key, TokenAnswer answer) -> keepFor(answer)))
            .buildAsync();
  }

  /** The token that is kept, or what came of asking for one. */
  Ticket current() {
    CompletableFuture<TokenAnswer> mine = new CompletableFuture<>();
    CompletableFuture<TokenAnswer> entry = cache.get(credential, (key, executor) -> mine);
    if (entry == mine) {
      // Asked in the thread that wants it, outside the cache's locks; the others wait for the
      // entry.
      settle(mine);
    }
    return new Ticket(entry, entry.join());
  }

  /** Throws away a token that the API refused, unless another one is kept already. */
  void refused(Ticket ticket) {
    cache.asMap().remove(credential, ticket.entry());
  }

  private void settle(CompletableFuture<TokenAnswer> entry) {
    TokenAnswer answer =
        new TokenAnswer.Unavailable(KognitivProblem.INTERNAL_ERROR.problem(), null, false);
    try {
      answer = endpoint.ask();
    } finally {
      if (!(answer instanceof TokenAnswer.Granted)) {
        cache.asMap().remove(credential, entry);
      }
      entry.complete(answer);
    }
  }

  private static Duration keepFor(TokenAnswer answer) {
    return answer instanceof TokenAnswer.Granted granted ? granted.keepFor() : Duration.ZERO;
  }
}
