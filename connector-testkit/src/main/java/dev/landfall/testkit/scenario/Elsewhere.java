package dev.landfall.testkit.scenario;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;

/** An address that nobody has any business with. */
final class Elsewhere implements AutoCloseable {

  private final ServerSocket socket;

  private Elsewhere(ServerSocket socket) {
    this.socket = socket;
  }

  static Elsewhere open() throws IOException {
    return new Elsewhere(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()));
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/elsewhere");
  }

  /** Whether anybody connected so far; the connection stands in the backlog. */
  boolean called() throws IOException {
    socket.setSoTimeout(1);
    try {
      socket.accept().close();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
