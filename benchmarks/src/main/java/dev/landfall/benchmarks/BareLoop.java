package dev.landfall.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Apache HttpClient and nothing else: threads that take the next member and send it. */
final class BareLoop {

  private BareLoop() {}

  /** Sends every member, and gives the seconds that took. */
  static double send(String url, int members, int inFlight)
      throws IOException, InterruptedException, ExecutionException {
    try (CloseableHttpClient client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(inFlight)
                    .setMaxConnPerRoute(inFlight)
                    .build())
            .build()) {
      AtomicLong last = new AtomicLong();
      ExecutorService threads = Executors.newFixedThreadPool(inFlight);
      try {
        long begun = System.nanoTime();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < inFlight; i++) {
          all.add(
              threads.submit(
                  () -> {
                    for (long n = last.incrementAndGet();
                        n <= members;
                        n = last.incrementAndGet()) {
                      put(client, url + DelayingServer.memberPath(n));
                    }
                    return null;
                  }));
        }
        for (Future<?> one : all) {
          one.get();
        }
        return (System.nanoTime() - begun) / 1e9;
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static void put(CloseableHttpClient client, String url) throws IOException {
    HttpPut put = new HttpPut(url);
    put.setHeader("Authorization", "Bearer " + DelayingServer.TOKEN);
    put.setHeader("Accept", "application/json");
    int status =
        client.execute(
            put,
            response -> {
              EntityUtils.consume(response.getEntity());
              return response.getCode();
            });
    if (status != 204) {
      throw new IOException("The server answered " + status);
    }
  }
}
