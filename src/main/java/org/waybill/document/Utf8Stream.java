package org.waybill.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A stream in another encoding, in UTF-8. Bytes that mean nothing become U+FFFE, which no XML
 * document may hold: the member that has them is refused and no other.
 */
final class Utf8Stream extends InputStream {
  private static final int CHARS = 8 * 1024;

  private final Reader reader;
  private final char[] chars = new char[CHARS];

  /** Half of a surrogate pair that waits for the other at the head of the array. */
  private int waiting;

  private byte[] bytes = {};
  private int next;

  Utf8Stream(InputStream in, Charset charset) {
    reader =
        new InputStreamReader(
            in,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith("\uFFFE"));
  }

  @Override
  public int read() throws IOException {
    return fill() ? bytes[next++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, bytes.length - next);
    System.arraycopy(bytes, next, into, offset, count);
    next += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private boolean fill() throws IOException {
    while (next == bytes.length) {
      int read = reader.read(chars, waiting, CHARS - waiting);
      if (read < 0) {
        return false;
      }
      int count = waiting + read;
      int whole = Character.isHighSurrogate(chars[count - 1]) ? count - 1 : count;
      bytes = new String(chars, 0, whole).getBytes(StandardCharsets.UTF_8);
      next = 0;
      waiting = count - whole;
      chars[0] = chars[count - 1];
    }
    return true;
  }
}
