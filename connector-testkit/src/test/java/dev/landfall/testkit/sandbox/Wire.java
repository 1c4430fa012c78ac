package dev.landfall.testkit.sandbox;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One call over one connection, and all that comes back: nothing is retried, nothing hidden. */
final class Wire {

  private final URI address;
  private final int patienceMillis;

  Wire(URI address) {
    this(address, 10_000);
  }

  /** Gives up reading after a time without a byte. */
  Wire(URI address, int patienceMillis) {
    this.address = address;
    this.patienceMillis = patienceMillis;
  }

  /** All bytes up to the connection's end. Throws if it was reset, or the patience ran out. */
  String send(String method, String path, String body) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(patienceMillis);
      String head =
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n";
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  int status(String method, String path, String body) throws IOException {
    return Integer.parseInt(send(method, path, body).split(" ", 3)[1]);
  }
}
