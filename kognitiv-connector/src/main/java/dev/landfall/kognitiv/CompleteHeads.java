package dev.landfall.kognitiv;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.HttpMessageParser;

/**
 * Refuses an answer whose connection ends among its headers. The client's own parser takes the end
 * of the connection for the end of the headers, and a success that was cut off for a success.
 */
final class CompleteHeads extends DefaultHttpResponseParserFactory {

  @Override
  public HttpMessageParser<ClassicHttpResponse> create() {
    HttpMessageParser<ClassicHttpResponse> parser = super.create();
    return (buffer, in) -> {
      EndMark marked = new EndMark(in);
      ClassicHttpResponse head = parser.parse(buffer, marked);
      if (head != null && marked.ended) {
        throw new ConnectionClosedException("The connection ended among the headers");
      }
      return head;
    };
  }

  /** A complete head never asks for more than it has, so an end that was seen came too early. */
  private static final class EndMark extends FilterInputStream {
    private boolean ended;

    EndMark(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      ended |= next < 0;
      return next;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int count = in.read(into, from, length);
      ended |= count < 0;
      return count;
    }
  }
}
