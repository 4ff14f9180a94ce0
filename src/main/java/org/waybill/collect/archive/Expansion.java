package org.waybill.collect.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Stops an upload that unpacks to far more than documents do. CDRs shrink to a tenth or a thirtieth
 * of themselves; nothing honest comes near this limit.
 */
final class Expansion {
  private static final long MOST = 250;
  private static final long ALWAYS = 64L << 20;

  private long packed;
  private long unpacked;

  InputStream packed(InputStream in) {
    return new Counting(in, false);
  }

  InputStream unpacked(InputStream in) {
    return new Counting(in, true);
  }

  private void count(int bytes, boolean isUnpacked) throws CorruptUpload {
    if (!isUnpacked) {
      packed += bytes;
      return;
    }
    unpacked += bytes;
    if (unpacked > ALWAYS && unpacked / MOST > packed) {
      throw new CorruptUpload("The upload unpacks to more than " + MOST + " times its size");
    }
  }

  private final class Counting extends FilterInputStream {
    private final boolean isUnpacked;

    Counting(InputStream in, boolean isUnpacked) {
      super(in);
      this.isUnpacked = isUnpacked;
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      if (next >= 0) {
        count(1, isUnpacked);
      }
      return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      if (read > 0) {
        count(read, isUnpacked);
      }
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = 0;
      while (skipped < bytes && read() >= 0) {
        skipped++;
      }
      return skipped;
    }
  }
}
