package dev.landfall.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server on loopback, and cuts or holds connections at a word of the client's. */
final class CutProxy implements AutoCloseable {

  /** What happens when the word was seen. */
  enum Then {
    /** The connection is cut; the server never sees the word. */
    CUT_BEFORE,
    /** The server gets the word and answers; the client does not see the answer. */
    CUT_AFTER,
    /** Nothing passes any more, in either direction. */
    HOLD
  }

  private record Trap(String word, Then then) {}

  private final ServerSocket listener;
  private final int serverPort;
  private final List<Socket> sockets = new ArrayList<>();
  private final AtomicInteger sprung = new AtomicInteger();
  private volatile Trap trap = new Trap("\0\0\0none", Then.CUT_BEFORE);

  CutProxy(int serverPort) {
    this.serverPort = serverPort;
    try {
      listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Sets a trap for the next time that a client says a word; it springs once. */
  void at(String word, Then then) {
    trap = new Trap(word, then);
  }

  /** How often a trap sprang. */
  int sprung() {
    return sprung.get();
  }

  /** Cuts every connection there is. */
  synchronized void cut() {
    for (Socket socket : sockets) {
      closeQuietly(socket);
    }
    sockets.clear();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        synchronized (this) {
          sockets.add(client);
          sockets.add(server);
        }
        boolean[] held = new boolean[1];
        boolean[] deaf = new boolean[1];
        daemon(() -> pump(client, server, held, deaf, true));
        daemon(() -> pump(server, client, held, deaf, false));
      } catch (IOException e) {
        // The listener was closed, or the server is down: the client sees a connection that ends.
        cut();
      }
    }
  }

  private void pump(Socket from, Socket to, boolean[] held, boolean[] deaf, boolean fromClient) {
    byte[] bytes = new byte[64 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        if (fromClient && springs(bytes, n)) {
          switch (spring()) {
            case CUT_BEFORE -> {
              cut();
              return;
            }
            case CUT_AFTER -> deaf[0] = true;
            case HOLD -> held[0] = true;
          }
        }
        if (!fromClient && deaf[0]) {
          cut();
          return;
        }
        if (!held[0]) {
          out.write(bytes, 0, n);
          out.flush();
        }
      }
      cut();
    } catch (IOException e) {
      cut();
    }
  }

  private boolean springs(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1)
        .toLowerCase(Locale.ROOT)
        .contains(trap.word().toLowerCase(Locale.ROOT));
  }

  private Then spring() {
    Then then = trap.then();
    trap = new Trap("\0\0\0none", Then.CUT_BEFORE);
    sprung.incrementAndGet();
    return then;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "cut-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
