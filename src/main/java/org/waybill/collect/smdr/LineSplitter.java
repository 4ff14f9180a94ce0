package org.waybill.collect.smdr;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.waybill.collect.smdr.RawLine.Flaw;

/**
 * Puts the lines of a stream together from chunks of any size. CR, LF and NUL, of which switches
 * send up to five, end a line alike.
 */
final class LineSplitter {
  /** No layout has a tenth of it. */
  static final int LONGEST = 4_096;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private boolean tooLong;

  /** The lines that end within the chunk. */
  List<RawLine> split(byte[] chunk, int length) {
    List<RawLine> lines = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      byte next = chunk[i];
      if (next == '\r' || next == '\n' || next == 0) {
        end(Flaw.NONE).ifPresent(lines::add);
      } else if (line.size() < LONGEST) {
        line.write(next);
      } else {
        tooLong = true;
      }
    }
    return lines;
  }

  /** The line that has no end yet, if there is one. */
  Optional<RawLine> end(Flaw flaw) {
    if (line.size() == 0) {
      return Optional.empty();
    }
    RawLine ended = new RawLine(line.toByteArray(), tooLong ? Flaw.TOO_LONG : flaw);
    line.reset();
    tooLong = false;
    return Optional.of(ended);
  }
}
