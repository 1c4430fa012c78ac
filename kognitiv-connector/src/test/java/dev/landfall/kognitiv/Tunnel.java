package dev.landfall.kognitiv;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy that opens tunnels, wherever they are to lead, to one port of this machine. */
final class Tunnel implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** The first line of each request. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  Tunnel(int target) throws IOException {
    this.target = target;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        sockets.add(client);
        threads.execute(() -> open(client));
      } catch (IOException e) {
        return; // the listener was closed
      }
    }
  }

  private void open(Socket client) {
    try {
      asked.add(head(client.getInputStream()).lines().findFirst().orElseThrow());
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(server);
      RawServer.write(client.getOutputStream(), "HTTP/1.1 200 Open\r\n\r\n");
      threads.execute(() -> pump(server, client));
      pump(client, server);
    } catch (IOException e) {
      // One of the two went away, and the test sees what came of it.
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // The other direction ended first.
    }
  }

  /** Byte by byte: what follows the head belongs to the tunnel. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("No request");
      }
      head.append(Character.toString(next));
    }
    return head.toString();
  }
}
