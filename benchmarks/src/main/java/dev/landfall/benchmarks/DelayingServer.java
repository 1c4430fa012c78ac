package dev.landfall.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Kognitiv's API as far as a benchmark needs it: every member call is answered 204, a fixed time
 * after it came. One thread serves any number of connections, so that waiting costs nothing.
 */
final class DelayingServer implements AutoCloseable {

  private static final String GROUP = "VIP-2026";
  private static final ByteBuffer NO_CONTENT = ascii("HTTP/1.1 204 No Content\r\n\r\n");
  private static final ByteBuffer NOT_FOUND =
      ascii("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
  private static final ByteBuffer UNAUTHORIZED =
      ascii("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");

  /** The token that is granted, and asked for. */
  static final String TOKEN = "benchmark";

  private record Due(long nanos, Connection connection) {}

  private final class Connection {
    private final SocketChannel channel;
    private final ByteBuffer received = ByteBuffer.allocate(16_384);

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    /** Takes what has come; false once the other side is gone, in order or with a reset. */
    boolean read() throws IOException {
      try {
        if (channel.read(received) < 0) {
          return false;
        }
      } catch (SocketException reset) {
        return false;
      }
      String text = new String(received.array(), 0, received.position(), StandardCharsets.US_ASCII);
      int head = text.indexOf("\r\n\r\n");
      if (head >= 0 && text.length() >= head + 4 + bodyLength(text)) {
        received.clear();
        answer(text);
      }
      return true;
    }

    private void answer(String request) throws IOException {
      if (request.startsWith("POST ")) {
        write(
            json(
                "{\"access_token\":\""
                    + TOKEN
                    + "\",\"token_type\":\"Bearer\",\"expires_in\":36000}"));
      } else if (request.startsWith("GET /calls ")) {
        write(json(String.valueOf(memberCalls.get())));
      } else if (!request.contains("Authorization: Bearer " + TOKEN + "\r\n")) {
        write(UNAUTHORIZED.duplicate());
      } else if (request.startsWith("GET /api/groups/promotionalMember ")) {
        write(json("{\"data\":[{\"id\":1,\"externalReference\":\"" + GROUP + "\"}]}"));
      } else if (request.startsWith("PUT /api/groups/promotionalMember/" + GROUP + "/members/")
          || request.startsWith("DELETE /api/groups/promotionalMember/" + GROUP + "/members/")) {
        memberCalls.incrementAndGet();
        due.add(new Due(System.nanoTime() + delayNanos, this));
      } else {
        write(NOT_FOUND.duplicate());
      }
    }

    /** Answers are far smaller than a socket's buffer. */
    private void write(ByteBuffer answer) throws IOException {
      channel.write(answer);
      if (answer.hasRemaining()) {
        throw new IOException("An answer did not fit into the socket's buffer");
      }
    }
  }

  private final ServerSocketChannel listening;
  private final Selector selector;
  private final Queue<Due> due = new ArrayDeque<>();
  private final AtomicLong memberCalls = new AtomicLong();
  private final long delayNanos;
  private volatile boolean closed;

  DelayingServer(int port, Duration delay) throws IOException {
    delayNanos = delay.toNanos();
    selector = Selector.open();
    listening = ServerSocketChannel.open();
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
    listening.configureBlocking(false);
    listening.register(selector, SelectionKey.OP_ACCEPT);
    Thread thread = new Thread(this::serve, "server");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "http://127.0.0.1:" + listening.socket().getLocalPort();
  }

  static String memberPath(long member) {
    return "/api/groups/promotionalMember/" + GROUP + "/members/" + member;
  }

  /** Member calls that came so far. */
  long memberCalls() {
    return memberCalls.get();
  }

  /** Has the server's own thread hang up on everybody. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }

  private void serve() {
    try {
      while (!closed) {
        selector.select(millisToNext());
        Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
        while (ready.hasNext()) {
          serve(ready.next());
          ready.remove();
        }
        answerWhatIsDue();
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      // Whoever waits for an answer would wait forever.
      e.printStackTrace();
      System.exit(1);
    }
  }

  private void serve(SelectionKey key) throws IOException {
    if (key.isAcceptable()) {
      SocketChannel channel = listening.accept();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.register(selector, SelectionKey.OP_READ, new Connection(channel));
    } else if (!((Connection) key.attachment()).read()) {
      key.channel().close();
    }
  }

  /** The delay is the same for all, so that they are due in the order they came. */
  private void answerWhatIsDue() throws IOException {
    for (Due next = due.peek();
        next != null && next.nanos <= System.nanoTime();
        next = due.peek()) {
      due.remove();
      if (next.connection.channel.isOpen()) {
        next.connection.write(NO_CONTENT.duplicate());
      }
    }
  }

  private long millisToNext() {
    Due next = due.peek();
    if (next == null) {
      return 0;
    }
    return Math.max(1, (next.nanos - System.nanoTime() + 999_999) / 1_000_000);
  }

  private static int bodyLength(String request) {
    String name = "\r\nContent-Length: ";
    int at = request.indexOf(name);
    return at < 0
        ? 0
        : Integer.parseInt(
            request.substring(at + name.length(), request.indexOf("\r\n", at + name.length())));
  }

  private static ByteBuffer json(String body) {
    return ascii(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Serves until stdin ends, for benchmarks of whole processes, and says where.
   *
   * @param arguments the port, 0 for any, and the delay in milliseconds
   */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    Duration delay = Duration.ofMillis(Long.parseLong(arguments[1]));
    try (DelayingServer server = new DelayingServer(port, delay)) {
      System.out.println(server.url());
      while (System.in.read() >= 0) {
        // Until whoever started this ends or hangs up.
      }
    }
  }
}
