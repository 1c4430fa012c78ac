package dev.landfall.host.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A line to the PostgreSQL of the tests that goes dead: from a certain word on nothing comes
 * through, and nobody is told.
 */
public final class Line implements AutoCloseable {

  private final ServerSocket door;
  private final List<Socket> ends = new CopyOnWriteArrayList<>();
  private final String last;
  private final Runnable onceDead;

  private Line(ServerSocket door, String last, Runnable onceDead) {
    this.door = door;
    this.last = last;
    this.onceDead = onceDead;
  }

  /** Lets nothing through any more from a word of the client's on, and then does something. */
  public static Line deadAt(String word, Runnable then) throws IOException {
    Line line = new Line(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), word, then);
    inAThread(line::accept);
    return line;
  }

  /** The URL of the database at the end of the line. */
  public String url() {
    return Postgres.urlAt(door.getLocalPort());
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = kept(door.accept());
      Socket server = kept(new Socket(InetAddress.getLoopbackAddress(), Postgres.port()));
      inAThread(() -> toServer(client.getInputStream(), server.getOutputStream()));
      inAThread(() -> server.getInputStream().transferTo(client.getOutputStream()));
    }
  }

  /** Whoever comes while the line is being taken down is not left over. */
  private Socket kept(Socket end) throws IOException {
    ends.add(end);
    if (door.isClosed()) {
      end.close();
    }
    return end;
  }

  private void toServer(InputStream from, OutputStream to) throws IOException {
    StringBuilder said = new StringBuilder();
    byte[] buffer = new byte[8_192];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      said.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
      if (said.indexOf(last) >= 0) {
        onceDead.run();
        return;
      }
      to.write(buffer, 0, n);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void inAThread(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // One of the two ends hung up, or the test is over.
                return;
              }
            },
            "line");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket end : ends) {
      end.close();
    }
  }
}
