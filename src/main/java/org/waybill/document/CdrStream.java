package org.waybill.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Member.Place;

/**
 * Cuts a stream into its {@code cdr} elements: under one root of any name, or document after
 * document, each with its own XML declaration. Memory is bounded by the greatest member allowed,
 * however long the stream is.
 *
 * <p>It cuts and does not parse, so that a member that is not well-formed costs no other: reading
 * goes on at the next {@code <cdr}. Comments, CDATA sections and processing instructions are passed
 * over as one, unless they do not end or the member is no XML that way.
 */
public final class CdrStream {
  private static final String START = "<cdr";
  private static final String END = "</cdr";
  private static final String DECLARATION = "<?xml";

  private final StreamWindow window;
  private final int maxBytes;
  private final WellFormedness wellFormedness = new WellFormedness();

  /** The sender's word on the charset binds all members. */
  private final boolean charsetIsFixed;

  private @Nullable String charset;
  private long position;
  private long number;

  /** Up to here an opening of a comment or the like is taken for text. */
  private long plainUntil;

  /**
   * @param charset the charset parameter of the Content-Type, where there was one
   * @param maxBytes that a member may have
   */
  public CdrStream(InputStream in, @Nullable String charset, int maxBytes) throws IOException {
    byte[] head = in.readNBytes(XmlLimits.DECLARATION);
    InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), in);
    StreamEncoding encoding = StreamEncoding.of(head, charset);
    this.window = new StreamWindow(encoding.readable(all));
    this.charset = encoding.memberCharset();
    this.charsetIsFixed = encoding.isFixed();
    this.maxBytes = maxBytes;
  }

  /** The next member; null after the last one. */
  public @Nullable Member next() throws IOException {
    if (!toNextMember()) {
      return null;
    }
    long start = position;
    Place place = new Place(++number, window.line(), start);
    Cut cut = cut(start);
    if (cut.suspect() && !wellFormedness.of(window.copy(start, cut.end()), charset)) {
      plainUntil = cut.end();
      cut = cut(start);
    }
    position = cut.end();
    return cut.tooLarge()
        ? new Member.TooLarge(place)
        : new Member.Document(place, window.copy(start, cut.end()), charset);
  }

  /**
   * @param end behind the member
   * @param suspect it has a start or an end of a member in a comment or the like
   */
  private record Cut(long end, boolean suspect, boolean tooLarge) {}

  private boolean toNextMember() throws IOException {
    while (true) {
      position = window.find('<', position, position + maxBytes);
      window.discardBefore(position);
      int found = window.at(position);
      if (found == -1) {
        return false;
      }
      if (found == '<') {
        if (isTag(START, position)) {
          return true;
        }
        readDeclaration();
        position = behindMarkup(position, position + maxBytes);
      }
    }
  }

  private Cut cut(long start) throws IOException {
    long limit = start + maxBytes;
    boolean suspect = false;
    long at = behindStartTag(start, limit);
    if (isSelfClosed(at)) {
      return new Cut(at, false, false);
    }
    while (true) {
      at = window.find('<', at, limit);
      if (at >= limit) {
        return new Cut(limit, suspect, window.at(limit) != -1);
      }
      if (window.at(at) == -1 || isTag(START, at) || isTag(DECLARATION, at)) {
        return new Cut(at, suspect, false);
      }
      if (isTag(END, at)) {
        long end = behindEndTag(at);
        return new Cut(Math.min(end, limit), suspect, end > limit);
      }
      long behind = behindMarkup(at, limit);
      suspect |= holdsTag(at + 1, behind);
      at = behind;
    }
  }

  /** A start tag ends at its {@code >}; at a {@code <} too, which is in no well-formed one. */
  private long behindStartTag(long start, long limit) throws IOException {
    int quote = 0;
    for (long at = start + START.length(); at < limit; at++) {
      int found = window.at(at);
      if (found == -1 || found == '<') {
        return at;
      }
      if (found == quote) {
        quote = 0;
      } else if (quote == 0 && (found == '"' || found == '\'')) {
        quote = found;
      } else if (quote == 0 && found == '>') {
        return at + 1;
      }
    }
    return limit;
  }

  private boolean isSelfClosed(long behindTag) throws IOException {
    return window.at(behindTag - 1) == '>' && window.at(behindTag - 2) == '/';
  }

  private long behindEndTag(long start) throws IOException {
    long at = start + END.length();
    while (isSpace(window.at(at))) {
      at++;
    }
    return window.at(at) == '>' ? at + 1 : at;
  }

  /**
   * Behind the comment, CDATA section or instruction that begins here; else behind its first byte.
   */
  private long behindMarkup(long start, long limit) throws IOException {
    if (start < plainUntil) {
      return start + 1;
    }
    if (window.startsWith("<!--", start)) {
      return behind("-->", "--", start, limit);
    }
    if (window.startsWith("<![CDATA[", start)) {
      return behind("]]>", "]]>", start, limit);
    }
    return window.startsWith("<?", start) ? behind("?>", "?>", start, limit) : start + 1;
  }

  /**
   * @param stop what cannot be inside: where it is not the terminator, nothing was opened
   */
  private long behind(String terminator, String stop, long start, long limit) throws IOException {
    long at = start + "<!--".length();
    while (true) {
      at = window.find(stop.charAt(0), at, limit);
      if (at >= limit || window.at(at) == -1) {
        break;
      }
      if (window.startsWith(stop, at)) {
        if (window.startsWith(terminator, at)) {
          return at + terminator.length();
        }
        break;
      }
      at++;
    }
    plainUntil = at;
    return start + 1;
  }

  private boolean holdsTag(long from, long end) throws IOException {
    for (long at = window.find('<', from, end); at < end; at = window.find('<', at + 1, end)) {
      if (isTag(START, at) || isTag(END, at)) {
        return true;
      }
    }
    return false;
  }

  private boolean isTag(String tag, long at) throws IOException {
    if (!window.startsWith(tag, at)) {
      return false;
    }
    int next = window.at(at + tag.length());
    return isSpace(next) || next == '>' || next == '/' || next == -1;
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private void readDeclaration() throws IOException {
    if (!charsetIsFixed && isTag(DECLARATION, position)) {
      long end = window.find('>', position, position + XmlLimits.DECLARATION);
      charset = XmlEncoding.declared(window.copy(position, end), StandardCharsets.ISO_8859_1);
    }
  }
}
