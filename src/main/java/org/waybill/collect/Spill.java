package org.waybill.collect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Holds bytes of any number until they are wanted: the first ones in memory, more in a file. */
final class Spill extends OutputStream {
  private final int memory;
  private ByteArrayOutputStream head = new ByteArrayOutputStream();
  private @Nullable Path file;
  private @Nullable OutputStream tail;
  private long length;

  /**
   * @param memory bytes held in memory
   */
  Spill(int memory) {
    this.memory = memory;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (tail == null && head.size() + count > memory) {
      Path spilled = Files.createTempFile("waybill-results-", ".json");
      file = spilled;
      tail = Files.newOutputStream(spilled);
      head.writeTo(tail);
      head = new ByteArrayOutputStream(0);
    }
    (tail == null ? head : tail).write(bytes, offset, count);
    length += count;
  }

  long length() {
    return length;
  }

  void copyTo(OutputStream out) throws IOException {
    if (tail == null || file == null) {
      head.writeTo(out);
      return;
    }
    tail.flush();
    try (InputStream in = Files.newInputStream(file)) {
      in.transferTo(out);
    }
  }

  @Override
  public void close() throws IOException {
    if (tail != null) {
      tail.close();
    }
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
