package dev.landfall.testkit.source;

import dev.landfall.connector.ConnectorException;
import dev.landfall.connector.outcome.Problem;
import dev.landfall.connector.outcome.ProblemKind;
import dev.landfall.connector.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A connection to a shop. */
class ShopWire implements AutoCloseable {

  private static final int LIMIT_MILLIS = 6000;

  private final Socket socket = new Socket();
  private final Settings settings;

  ShopWire(Settings settings) {
    this.settings = settings;
  }

  static ConnectorException failed(ProblemKind kind, String code, String message, String remedy) {
    return new ConnectorException(new Problem(kind, code, message, remedy));
  }

  private static ConnectorException unavailable() {
    return failed(
        ProblemKind.UNAVAILABLE,
        "golden.unavailable",
        "The shop does not answer.",
        "Look whether it is open.");
  }

  /** Some lines of a stream, from a place on; fewer than asked for at its end. */
  List<String> lines(String stream, long from, int most) {
    try {
      if (!socket.isConnected()) {
        int port = (int) (long) settings.get(GoldenSource.PORT);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
        socket.setSoTimeout(LIMIT_MILLIS);
      }
      String call =
          String.join(
              " ",
              settings.get(GoldenSource.KEY).reveal(),
              settings.get(GoldenSource.SHOP),
              stream,
              String.valueOf(from),
              String.valueOf(most));
      socket.getOutputStream().write((call + "\n").getBytes(StandardCharsets.UTF_8));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String said = in.readLine();
      if (said == null) {
        throw unavailable();
      }
      return said.startsWith("ok ") ? read(in, Integer.parseInt(said.substring(3))) : refuse(said);
    } catch (IOException e) {
      throw unavailable();
    }
  }

  private static List<String> read(BufferedReader in, int count) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String line = in.readLine();
      if (line == null) {
        throw unavailable();
      }
      lines.add(line);
    }
    return lines;
  }

  private static List<String> refuse(String said) {
    throw said.equals("denied")
        ? failed(
            ProblemKind.AUTHENTICATION,
            "golden.denied",
            "The shop refuses the key.",
            "Ask for another.")
        : failed(
            ProblemKind.TARGET_NOT_FOUND,
            "golden." + said,
            "The shop knows no such shop or stream.",
            "Correct the name.");
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
