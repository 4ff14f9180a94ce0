package org.waybill.document;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The characters of a document. Its XML declaration has done its work when they are known, so it is
 * blanked out: every parser then reads XML 1.0 and no other encoding, and places stay what the
 * sender sees.
 *
 * @param characters with spaces in place of the declaration
 * @param afterDeclaration where the document goes on after it
 */
record XmlText(String characters, int afterDeclaration) {
  private static final String OUR_DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  private static final String S = "[ \\t\\r\\n]";
  private static final String EQUALS = S + "*=" + S + "*";

  /** XML 1.0, fifth edition: version 1.x is read as 1.0. */
  private static final Pattern DECLARATION =
      Pattern.compile(
          "<\\?xml"
              + (S + "+version" + EQUALS + "(?:\"1\\.[0-9]+\"|'1\\.[0-9]+')")
              + ("(?:" + S + "+encoding" + EQUALS)
              + "(?:\"[A-Za-z][A-Za-z0-9._-]*\"|'[A-Za-z][A-Za-z0-9._-]*'))?"
              + ("(?:" + S + "+standalone" + EQUALS + "(?:\"(?:yes|no)\"|'(?:yes|no)'))?")
              + (S + "*\\?>"));

  static XmlText of(byte[] body, @Nullable String charset) throws UnreadableXml {
    XmlEncoding encoding = XmlEncoding.of(body, charset);
    String text = decode(body, encoding);
    refuseNonCharacters(text, encoding.charset());
    if (text.isBlank()) {
      throw new UnreadableXml(1, 1, "The document is empty.");
    }
    if (!text.startsWith("<?xml") || text.length() < 6 || text.charAt(5) > ' ') {
      return new XmlText(text, 0);
    }
    int end = endOfDeclaration(text);
    return new XmlText(blank(text, end), end);
  }

  /** The document as it is stored: in UTF-8, and saying so. */
  String xml() {
    return OUR_DECLARATION + characters.substring(afterDeclaration);
  }

  private static int endOfDeclaration(String text) throws UnreadableXml {
    Matcher matcher = DECLARATION.matcher(text);
    matcher.region(0, Math.min(text.length(), XmlLimits.DECLARATION));
    if (!matcher.lookingAt()) {
      throw new UnreadableXml(
          1,
          1,
          "The XML declaration is not well-formed; it reads <?xml version=\"1.0\""
              + " encoding=\"UTF-8\"?>.");
    }
    return matcher.end();
  }

  private static String blank(String text, int end) {
    StringBuilder blanked = new StringBuilder(text);
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) > ' ') {
        blanked.setCharAt(i, ' ');
      }
    }
    return blanked.toString();
  }

  private static String decode(byte[] body, XmlEncoding encoding) throws UnreadableXml {
    int from = encoding.bomLength();
    if (encoding.charset().equals(StandardCharsets.UTF_8)) {
      String text = new String(body, from, body.length - from, StandardCharsets.UTF_8);
      if (text.indexOf('\uFFFD') < 0) {
        return text;
      }
    }
    return decodeStrictly(ByteBuffer.wrap(body, from, body.length - from), encoding.charset());
  }

  private static String decodeStrictly(ByteBuffer bytes, Charset charset) throws UnreadableXml {
    var decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text =
        CharBuffer.allocate((int) (bytes.remaining() * (double) decoder.maxCharsPerByte()) + 16);
    CoderResult result = decoder.decode(bytes, text, true);
    if (!result.isError()) {
      result = decoder.flush(text);
    }
    text.flip();
    if (result.isUnderflow()) {
      return text.toString();
    }
    throw unreadableAt(
        text, text.length(), "A byte here is not " + charset.name() + ", which the document is in");
  }

  /** What decoders let through and parsers differ about: XML 1.0, production 2. */
  private static void refuseNonCharacters(String text, Charset charset) throws UnreadableXml {
    int at = Math.max(text.indexOf('\uFFFE'), text.indexOf('\uFFFF'));
    if (at < 0 && !charset.equals(StandardCharsets.UTF_8)) {
      at = loneSurrogate(text);
    }
    if (at >= 0) {
      throw unreadableAt(text, at, "A character here is not allowed in XML");
    }
  }

  private static int loneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  private static UnreadableXml unreadableAt(CharSequence text, int offset, String what) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < offset; i++) {
      char c = text.charAt(i);
      boolean followed = i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !followed)) {
        line++;
        lineStart = i + 1;
      }
    }
    return new UnreadableXml(line, offset - lineStart + 1, what + ".");
  }
}
