package org.waybill.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The encoding that the bytes of a document are in. RFC 7303: a byte order mark is believed before
 * the charset parameter of the Content-Type, and that before the XML declaration. Without any, the
 * first bytes tell the family (XML 1.0, appendix F).
 *
 * @param bomLength bytes of the byte order mark, which is no part of the document
 */
public record XmlEncoding(Charset charset, int bomLength) {
  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
  private static final Pattern DECLARED =
      Pattern.compile(
          "<\\?xml[ \\t\\r\\n][^>]{0,500}?[ \\t\\r\\n]encoding[ \\t\\r\\n]*=[ \\t\\r\\n]*[\"']([^\"'<>]{1,100})[\"']");

  /** First bytes that tell an encoding, each as the character of its number. */
  private record Mark(Charset charset, String bytes) {
    boolean begins(byte[] body) {
      int length = Math.min(body.length, bytes.length());
      return new String(body, 0, length, ISO_8859_1).equals(bytes);
    }
  }

  private static final List<Mark> BYTE_ORDER_MARKS =
      List.of(
          new Mark(UTF_8, "\u00EF\u00BB\u00BF"),
          new Mark(UTF_32BE, "\u0000\u0000\u00FE\u00FF"),
          new Mark(UTF_32LE, "\u00FF\u00FE\u0000\u0000"),
          new Mark(UTF_16BE, "\u00FE\u00FF"),
          new Mark(UTF_16LE, "\u00FF\u00FE"));

  /** How {@code <} or {@code <?xm} looks in encodings in which ASCII is not one byte as usual. */
  private static final List<Mark> FAMILIES =
      List.of(
          new Mark(UTF_32BE, "\u0000\u0000\u0000<"),
          new Mark(UTF_32LE, "<\u0000\u0000\u0000"),
          new Mark(UTF_16BE, "\u0000<"),
          new Mark(UTF_16LE, "<\u0000"),
          new Mark(ebcdic(), "Lo\u00A7\u0094"));

  /**
   * @param head the document, or its first {@link XmlLimits#DECLARATION} characters at least
   * @param parameter the charset parameter of the Content-Type, where there was one
   */
  public static XmlEncoding of(byte[] head, @Nullable String parameter) throws UnreadableXml {
    for (Mark mark : BYTE_ORDER_MARKS) {
      if (mark.begins(head)) {
        return new XmlEncoding(mark.charset(), mark.bytes().length());
      }
    }
    Charset family = family(head);
    if (parameter != null) {
      return new XmlEncoding(parameter(parameter, family), 0);
    }
    String declared = declared(head, family);
    if (declared == null) {
      return new XmlEncoding(family.equals(ISO_8859_1) ? UTF_8 : family, 0);
    }
    return new XmlEncoding(agreed(declared, head, family), 0);
  }

  /** The encoding that a declaration names, where there is one and it names one. */
  static @Nullable String declared(byte[] head, Charset family) {
    int length = Math.min(head.length, 4 * XmlLimits.DECLARATION);
    Matcher matcher = DECLARED.matcher(new String(head, 0, length, family));
    return matcher.lookingAt() ? matcher.group(1) : null;
  }

  private static Charset family(byte[] head) {
    for (Mark mark : FAMILIES) {
      if (mark.begins(head)) {
        return mark.charset();
      }
    }
    return ISO_8859_1;
  }

  private static Charset parameter(String parameter, Charset family) throws UnreadableXml {
    Charset charset = named(parameter.replace("\"", "").strip());
    return wide(charset) && sameWidth(charset, family) ? family : charset;
  }

  private static Charset agreed(String declared, byte[] head, Charset family) throws UnreadableXml {
    Charset charset = named(declared);
    if (wide(family) && sameWidth(charset, family)) {
      return family;
    }
    boolean readable = new String(head, 0, Math.min(head.length, 16), charset).startsWith("<?xml");
    if (!readable) {
      throw new UnreadableXml(
          1,
          1,
          "The XML declaration says that the document is in "
              + Quoted.of(declared)
              + ", but its bytes are not.");
    }
    return charset;
  }

  private static Charset named(String name) throws UnreadableXml {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw new UnreadableXml(
          1, 1, "The encoding " + Quoted.of(name) + " is not known; send the document in UTF-8.");
    }
  }

  private static boolean wide(Charset charset) {
    return width(charset) > 1;
  }

  private static boolean sameWidth(Charset one, Charset other) {
    return width(one) == width(other);
  }

  private static int width(Charset charset) {
    String name = charset.name().toUpperCase(Locale.ROOT);
    return name.contains("UTF-16") ? 2 : name.contains("UTF-32") ? 4 : 1;
  }

  /** Any EBCDIC page reads the declaration; a Java without its extended charsets has none. */
  private static Charset ebcdic() {
    return Charset.isSupported("IBM037") ? Charset.forName("IBM037") : ISO_8859_1;
  }
}
