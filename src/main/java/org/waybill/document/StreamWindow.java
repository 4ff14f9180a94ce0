package org.waybill.document;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The part of a stream that is still needed, addressed by offsets in the whole stream. */
final class StreamWindow {
  private static final int CHUNK = 64 * 1024;

  private final InputStream in;
  private byte[] bytes = new byte[4 * CHUNK];

  /** Offset in the stream of the first byte of the array, kept or not. */
  private long base;

  /** Where in the array what is kept begins and ends. */
  private int kept;

  private int length;
  private long line = 1;
  private boolean ended;

  StreamWindow(InputStream in) {
    this.in = in;
  }

  /** The byte at an offset that is not discarded; -1 behind the end of the stream. */
  int at(long offset) throws IOException {
    int index = Math.toIntExact(offset - base);
    while (index >= length) {
      if (ended) {
        return -1;
      }
      fill();
    }
    return bytes[index] & 0xFF;
  }

  /**
   * Offset of the next byte of this value before an end; the end, or that of the stream, if none.
   */
  long find(char wanted, long from, long end) throws IOException {
    for (long offset = from; offset < end; offset++) {
      int found = at(offset);
      if (found == wanted || found == -1) {
        return offset;
      }
    }
    return end;
  }

  boolean startsWith(String ascii, long offset) throws IOException {
    for (int i = 0; i < ascii.length(); i++) {
      if (at(offset + i) != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Bytes up to an end, or to that of the stream. */
  byte[] copy(long from, long end) throws IOException {
    if (at(end - 1) == -1) {
      end = base + length;
    }
    return Arrays.copyOfRange(bytes, (int) (from - base), (int) (end - base));
  }

  void discardBefore(long offset) {
    int end = (int) Math.min(offset - base, length);
    for (; kept < end; kept++) {
      if (bytes[kept] == '\n') {
        line++;
      }
    }
  }

  /** The line that the first byte kept is in. */
  long line() {
    return line;
  }

  private void fill() throws IOException {
    if (length + CHUNK > bytes.length) {
      makeRoom();
    }
    int read = in.read(bytes, length, CHUNK);
    if (read < 0) {
      ended = true;
    } else {
      length += read;
    }
  }

  private void makeRoom() {
    int keep = length - kept;
    byte[] room = keep + CHUNK > bytes.length / 2 ? new byte[2 * (keep + CHUNK)] : bytes;
    System.arraycopy(bytes, kept, room, 0, keep);
    bytes = room;
    base += kept;
    length = keep;
    kept = 0;
  }
}
