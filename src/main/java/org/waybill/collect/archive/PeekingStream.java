package org.waybill.collect.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Shows its next bytes before they are read. */
public final class PeekingStream extends BufferedInputStream {
  public PeekingStream(InputStream in, int buffer) {
    super(in, buffer);
  }

  /** The next ones, fewer at the end. */
  synchronized byte[] head(int count) throws IOException {
    mark(count);
    byte[] head = readNBytes(count);
    reset();
    return head;
  }

  /**
   * Waits until it is known whether there is more. {@code GZIPInputStream} takes 0 for the end and
   * would leave out what follows the first member of a file that was put together of several.
   */
  @Override
  public synchronized int available() throws IOException {
    int known = super.available();
    return known > 0 ? known : head(1).length;
  }
}
