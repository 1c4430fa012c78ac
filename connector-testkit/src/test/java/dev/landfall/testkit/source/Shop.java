package dev.landfall.testkit.source;

import dev.landfall.connector.settings.Secret;
import dev.landfall.testkit.sandbox.SourceTestbed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A shop on loopback. A call is a line, {@code token shop stream from most}; the answer is {@code
 * ok} and the number of lines that follow, or a word that says what is wrong.
 */
class Shop implements SourceTestbed {

  static final String TOKEN = "tok-7c31f0a9e2";

  private final ServerSocket socket;
  private final Map<ShopStream, List<String>> lines = new EnumMap<>(ShopStream.class);
  private final Set<Socket> calls = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Quiet quiet;
  private volatile boolean failing;
  private int malformed;

  Shop() {
    for (ShopStream stream : ShopStream.values()) {
      lines.put(stream, new ArrayList<>());
    }
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "shop");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("port", (long) port(), "shop", "corner", "key", Secret.of(TOKEN), "region", "eu");
  }

  @Override
  public Map<String, Object> missingSettings() {
    return Map.of(
        "port", (long) port(), "shop", "nowhere", "key", Secret.of(TOKEN), "region", "eu");
  }

  @Override
  public synchronized void makeRecords(String stream, int first, int last) {
    for (int number = first; number <= last; number++) {
      of(stream).add(ShopStream.find(stream).orElseThrow().line(number));
    }
  }

  private List<String> of(String stream) {
    return lines.getOrDefault(ShopStream.find(stream).orElseThrow(), List.of());
  }

  @Override
  public List<@Nullable Object> record(String stream, int number) {
    return ShopStream.find(stream).orElseThrow().values(number);
  }

  @Override
  public synchronized Optional<String> makeMalformed(String stream) {
    String raw = "  torn off: " + malformed++ + "x17;";
    of(stream).add(raw);
    return Optional.of(raw);
  }

  @Override
  public int severalBatches() {
    return 25;
  }

  @Override
  public Optional<Silence> silence() {
    Quiet begun = new Quiet();
    quiet = begun;
    return Optional.of(begun);
  }

  private final class Quiet implements Silence {
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean met;

    @Override
    public boolean met() {
      return met;
    }

    @Override
    public void close() {
      quiet = null;
      over.countDown();
    }
  }

  @Override
  public Optional<Outage> failure() {
    failing = true;
    return Optional.of(() -> failing = false);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket call = socket.accept();
        calls.add(call);
        heard();
        start(() -> answer(call));
      } catch (IOException e) {
        // Only a shop that closes accepts no more; then the loop ends.
        close();
      }
    }
  }

  private void heard() {
    Quiet now = quiet;
    if (now != null) {
      now.met = true;
    }
  }

  private void answer(Socket call) {
    try (call;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(call.getInputStream(), StandardCharsets.UTF_8));
        Writer out = new OutputStreamWriter(call.getOutputStream(), StandardCharsets.UTF_8)) {
      for (String asked = in.readLine(); asked != null; asked = in.readLine()) {
        heard();
        Quiet now = quiet;
        if (now != null) {
          now.over.await();
        }
        if (failing) {
          return;
        }
        out.write(said(asked.split(" ", -1)));
        out.flush();
      }
    } catch (IOException | InterruptedException e) {
      // Who called has gone; there is nobody to tell.
      calls.remove(call);
    }
  }

  private synchronized String said(String[] asked) {
    if (!asked[0].equals(TOKEN)) {
      return "denied\n";
    }
    if (!asked[1].equals("corner")) {
      return "no-shop\n";
    }
    if (ShopStream.find(asked[2]).isEmpty()) {
      return "no-stream\n";
    }
    List<String> all = of(asked[2]);
    int from = (int) Math.min(all.size(), Long.parseLong(asked[3]));
    List<String> some =
        all.subList(from, (int) Math.min(all.size(), from + Long.parseLong(asked[4])));
    return "ok " + some.size() + "\n" + String.join("", some.stream().map(l -> l + "\n").toList());
  }

  @Override
  public void close() {
    Quiet now = quiet;
    if (now != null) {
      now.close();
    }
    try (socket) {
      for (Socket call : calls) {
        call.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
