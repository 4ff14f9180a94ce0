package org.waybill.collect;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.zip.GZIPInputStream;

/** Reads the body of a request, no further than it may be long. */
final class BodyReader {
  private static final Logger LOG = System.getLogger(BodyReader.class.getName());
  private static final int BUFFER = 16_384;

  private final int maxBytes;

  BodyReader(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** What was read. */
  @SuppressWarnings("ArrayRecordComponent") // never compared; copying 10 MB would be waste
  sealed interface Body {
    /** All of it, decoded. */
    record Whole(byte[] bytes) implements Body {}

    /** The sender hung up, or fell silent for longer than the server waits. */
    record Incomplete() implements Body {}

    /** More than allowed: the rest was not read, or not unpacked. */
    record TooLarge() implements Body {}

    /**
     * It is not the gzip that it claims to be.
     *
     * @param raw as it came
     */
    record CorruptGzip(byte[] raw, String why) implements Body {}
  }

  /**
   * @param expected what the sender announced, or below 0
   */
  Body read(InputStream in, long expected, boolean gzip) {
    if (expected > maxBytes) {
      return new Body.TooLarge();
    }
    byte[] raw;
    try {
      raw = bounded(in, expected);
    } catch (IOException e) {
      // Its sender's doing, and nobody's error here: he sends it again, or has gone.
      LOG.log(Level.DEBUG, "A document did not arrive whole.", e);
      return new Body.Incomplete();
    }
    if (raw.length > maxBytes) {
      return new Body.TooLarge();
    }
    return gzip ? unpack(raw) : new Body.Whole(raw);
  }

  /** One byte more than allowed tells that there is too much. */
  private byte[] bounded(InputStream in, long expected) throws IOException {
    if (expected < 0) {
      return in.readNBytes(maxBytes + 1);
    }
    byte[] bytes = in.readNBytes((int) expected);
    if (bytes.length < expected) {
      throw new EOFException("The sender hung up before the end of the document.");
    }
    return bytes;
  }

  private Body unpack(byte[] raw) {
    try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(raw), BUFFER)) {
      byte[] bytes = unpacked.readNBytes(maxBytes + 1);
      return bytes.length > maxBytes ? new Body.TooLarge() : new Body.Whole(bytes);
    } catch (IOException e) {
      return new Body.CorruptGzip(raw, String.valueOf(e.getMessage()));
    }
  }
}
