package org.waybill.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection over a plain socket: two system calls a request, so that the
 * client takes as little as possible of the cores that it shares with what it measures.
 */
final class Wire implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];

  Wire(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(30_000);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** Sends a request and reads the whole answer to it. */
  int exchange(byte[] request) throws IOException {
    out.write(request);
    int filled = 0;
    while (true) {
      int read = in.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        throw new IOException("The server closed the connection in the middle of an answer.");
      }
      filled += read;
      int body = endOfHead(filled);
      if (body > 0 && isComplete(body, filled)) {
        return Integer.parseInt(new String(buffer, 9, 3, US_ASCII));
      }
    }
  }

  private int endOfHead(int filled) {
    for (int i = 3; i < filled; i++) {
      if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private boolean isComplete(int body, int filled) throws IOException {
    String head = new String(buffer, 0, body, US_ASCII).toLowerCase(Locale.ROOT);
    int length = head.indexOf("\r\ncontent-length:");
    if (length >= 0) {
      int end = head.indexOf('\r', length + 2);
      return filled >= body + Integer.parseInt(head.substring(length + 17, end).strip());
    }
    if (head.contains("\r\ntransfer-encoding: chunked")) {
      return new String(buffer, filled - 5, 5, US_ASCII).equals("0\r\n\r\n");
    }
    throw new IOException("An answer with neither length nor chunks: " + head);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
