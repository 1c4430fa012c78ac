package dev.landfall.kognitiv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Speaks HTTP by hand, so that it can break off, reset and drip; token requests it just answers.
 */
final class RawServer implements AutoCloseable {

  /** Answers one member call on the wire. */
  interface Script {
    void answer(Socket socket, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket listener;
  private final Script script;
  private final boolean resetsLater;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** The first line of each member call. */
  final List<String> memberLines = new CopyOnWriteArrayList<>();

  /** Counted down once for each of the first member calls. */
  final CountDownLatch arrived;

  RawServer(Script script) {
    this(1, script);
  }

  RawServer(int awaited, Script script) {
    this(awaited, script, false);
  }

  /**
   * Answers the first connection's token request, and resets every later connection at its first
   * byte.
   */
  static RawServer thatResetsAllButTokenRequests() {
    return new RawServer(1, (socket, out) -> {}, true);
  }

  private RawServer(int awaited, Script script, boolean resetsLater) {
    this.script = script;
    this.resetsLater = resetsLater;
    arrived = new CountDownLatch(awaited);
    try {
      listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        boolean resets = resetsLater && sockets.size() > 1;
        threads.execute(() -> serve(socket, resets));
      } catch (IOException e) {
        return; // the listener was closed
      }
    }
  }

  private void serve(Socket socket, boolean resets) {
    try (socket) {
      if (resets) {
        // Not before the first byte: until then the client may still be setting up the connection.
        socket.getInputStream().read();
        socket.setSoLinger(true, 0);
        return;
      }
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = socket.getOutputStream();
      while (true) {
        String first = in.readLine();
        if (first == null) {
          return;
        }
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
          if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
            length = Integer.parseInt(line.substring("content-length:".length()).strip());
          }
        }
        for (int i = 0; i < length; i++) {
          in.read();
        }
        if (first.startsWith("POST")) {
          String body = "{\"access_token\":\"t\",\"expires_in\":3600}";
          write(
              out,
              "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                  + body.length()
                  + (resetsLater ? "\r\nConnection: close" : "")
                  + "\r\n\r\n"
                  + body);
        } else {
          memberLines.add(first);
          arrived.countDown();
          script.answer(socket, out);
        }
      }
    } catch (IOException e) {
      // The client went away, which is what many of these tests are about.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
