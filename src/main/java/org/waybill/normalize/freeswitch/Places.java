package org.waybill.normalize.freeswitch;

/** Finds the line and column of offsets in a text, which are asked for mostly in their order. */
final class Places {
  private final String text;
  private int next;
  private int line = 1;
  private int lineStart;

  /**
   * @param line from 1
   * @param column from 1
   */
  record Place(int line, int column) {}

  Places(String text) {
    this.text = text;
  }

  Place at(int offset) {
    if (offset < lineStart) {
      next = 0;
      line = 1;
      lineStart = 0;
    }
    for (; next < offset; next++) {
      if (text.charAt(next) <= '\r' && endsLine(next)) {
        line++;
        lineStart = next + 1;
      }
    }
    return new Place(line, offset - lineStart + 1);
  }

  /** CR, LF and CR LF each end a line. */
  private boolean endsLine(int offset) {
    char c = text.charAt(offset);
    boolean followed = offset + 1 < text.length() && text.charAt(offset + 1) == '\n';
    return c == '\n' || (c == '\r' && !followed);
  }
}
