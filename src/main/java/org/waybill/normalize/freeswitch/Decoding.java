package org.waybill.normalize.freeswitch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.HexFormat;
import org.waybill.document.UnreadableXml;
import org.waybill.document.XmlEncoding;

/** Makes characters of a document's bytes, also where they are not in its encoding. */
final class Decoding {
  /** What a byte that is not UTF-8 most likely is: a name that a telephone wrote in Latin-1. */
  private static final Charset FALLBACK = Charset.forName("windows-1252");

  private static final char REPLACEMENT = '\uFFFD';
  private static final int HEAD = 4_096;
  private static final HexFormat NAMED =
      HexFormat.ofDelimiter(" ").withPrefix("0x").withUpperCase();

  private Decoding() {}

  static String decode(byte[] document, Repairs repairs) throws UnreadableDocument {
    XmlEncoding encoding = encoding(document);
    int length = document.length - encoding.bomLength();
    if (encoding.charset().equals(UTF_8)) {
      String text = new String(document, encoding.bomLength(), length, UTF_8);
      if (text.indexOf(REPLACEMENT) < 0) {
        return text;
      }
    }
    ByteBuffer bytes = ByteBuffer.wrap(document, encoding.bomLength(), length);
    return mended(bytes, encoding.charset(), repairs);
  }

  /** Stray NULs before the first tag would make UTF-16 of anything. */
  private static XmlEncoding encoding(byte[] document) throws UnreadableDocument {
    byte[] head = Arrays.copyOf(document, Math.min(document.length, HEAD));
    ByteArrayOutputStream significant = new ByteArrayOutputStream(head.length);
    for (byte b : head) {
      if (b != 0 && (b != ' ' || significant.size() > 0)) {
        significant.write(b);
      }
    }
    boolean wide = head.length - significant.size() > head.length / 4;
    try {
      return XmlEncoding.of(wide ? head : significant.toByteArray(), null);
    } catch (UnreadableXml e) {
      throw new UnreadableDocument(e.violation());
    }
  }

  private static String mended(ByteBuffer bytes, Charset charset, Repairs repairs)
      throws UnreadableDocument {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    int most = (int) (bytes.remaining() * (double) Math.max(1, decoder.maxCharsPerByte())) + 16;
    CharBuffer text = CharBuffer.allocate(most);
    CoderResult result = decoder.decode(bytes, text, true);
    while (result.isError()) {
      byte[] bad = new byte[result.length()];
      bytes.get(bad);
      String mended = mended(bad, charset);
      repairs.add(text.position(), Flaw.BAD_ENCODING, NAMED.formatHex(bad), mended);
      text.put(mended);
      result = decoder.decode(bytes, text, true);
    }
    decoder.flush(text);
    return text.flip().toString();
  }

  private static String mended(byte[] bad, Charset charset) {
    if (!charset.equals(UTF_8)) {
      return String.valueOf(REPLACEMENT);
    }
    String mended = new String(bad, FALLBACK);
    return mended.indexOf(REPLACEMENT) < 0 ? mended : new String(bad, ISO_8859_1);
  }
}
