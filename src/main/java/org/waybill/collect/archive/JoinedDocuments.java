package org.waybill.collect.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Documents one after the other, as {@code cat} makes them: XML ones begin where one says {@code
 * <?xml}, or {@code <cdr} behind the end of another; percent-encoded ones likewise, or on a line of
 * their own; all others are a line each. None of it is parsed, since what is not well-formed is for
 * the dialect to mend.
 */
final class JoinedDocuments implements PackedDocuments {
  /** Longer than any mark that documents are told apart by. */
  private static final int TAIL = 64;

  private final InputStream in;
  private final int maxBytes;
  private final Gathering gathered = new Gathering();
  private Kind kind = Kind.UNKNOWN;
  private boolean tooLarge;
  private long number;
  private long line = 1;
  private long began = 1;

  private enum Kind {
    UNKNOWN,
    XML,
    PERCENT,
    LINES
  }

  JoinedDocuments(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  @Override
  public @Nullable PackedDocument next() throws IOException {
    for (int next = in.read(); next >= 0; next = in.read()) {
      int before = add((byte) next);
      if (before > 0) {
        PackedDocument document = document(before);
        if (document != null) {
          return document;
        }
      }
    }
    return gathered.length() == 0 ? null : document(gathered.length());
  }

  /** How many of the bytes gathered are a document that ends there; 0 when none does. */
  private int add(byte next) {
    if (gathered.isBlank()) {
      began = line;
    }
    if (kind == Kind.UNKNOWN && next > ' ') {
      kind = next == '<' ? Kind.XML : next == '%' ? Kind.PERCENT : Kind.LINES;
    }
    gathered.add(next);
    if (next == '\n') {
      line++;
    }
    int end =
        switch (kind) {
          case UNKNOWN -> 0;
          case XML -> xmlEnd(next);
          case PERCENT -> next == '\n' ? gathered.length() : markEnd(next, "%3C%3Fxml");
          case LINES -> next == '\n' ? gathered.length() : 0;
        };
    if (end == 0 && gathered.length() > (long) maxBytes + TAIL) {
      tooLarge = true;
      gathered.keepLast(TAIL);
    }
    return end;
  }

  private int xmlEnd(byte next) {
    return Math.max(markEnd(next, "<?xml"), next == 'r' ? gathered.endOfElement() : 0);
  }

  private int markEnd(byte next, String mark) {
    boolean found = next == 'l' && gathered.endsWith(mark);
    return found ? gathered.length() - mark.length() : 0;
  }

  /** Null when it is nothing but blanks. */
  private @Nullable PackedDocument document(int end) {
    boolean blank = gathered.isBlank(end);
    byte[] body = gathered.take(end);
    boolean large = tooLarge || body.length > maxBytes;
    long at = began;
    began = line;
    tooLarge = false;
    if (blank && !large) {
      return null;
    }
    return new PackedDocument(++number, at, null, large ? null : body);
  }

  /** Bytes not yet handed out. */
  private static final class Gathering {
    private static final String END = "</cdr>";
    private static final String BEGIN = "<cdr";

    private byte[] bytes = new byte[32_768];
    private int length;
    private boolean blank = true;

    int length() {
      return length;
    }

    void add(byte next) {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * length);
      }
      bytes[length++] = next;
      blank &= isBlank(next);
    }

    /** Whether nothing but blanks is gathered. */
    boolean isBlank() {
      return blank;
    }

    boolean isBlank(int end) {
      for (int i = 0; i < end; i++) {
        if (!isBlank(bytes[i])) {
          return false;
        }
      }
      return true;
    }

    boolean endsWith(String mark) {
      return endsWith(mark, length);
    }

    /** If a root element begins at the end and only blanks part it from one that ended: where. */
    int endOfElement() {
      int begin = length - BEGIN.length();
      if (!endsWith(BEGIN)) {
        return 0;
      }
      int end = begin;
      while (end > 0 && isBlank(bytes[end - 1])) {
        end--;
      }
      return endsWith(END, end) ? begin : 0;
    }

    byte[] take(int end) {
      byte[] taken = Arrays.copyOf(bytes, end);
      keepLast(length - end);
      return taken;
    }

    void keepLast(int count) {
      System.arraycopy(bytes, length - count, bytes, 0, count);
      length = count;
      blank = isBlank(count);
    }

    private boolean endsWith(String mark, int end) {
      int from = end - mark.length();
      return from >= 0 && new String(bytes, from, mark.length(), ISO_8859_1).equals(mark);
    }

    private static boolean isBlank(byte b) {
      return b >= 0 && b <= ' ';
    }
  }
}
