package org.waybill.document;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a stream of documents is encoded. Where each byte of ASCII means itself its bytes are read as
 * they are; UTF-16 and the like are turned into UTF-8 on the way.
 *
 * @param transcodedFrom null where bytes are read as they are
 * @param memberCharset what a member's bytes are in, where that is known by now
 * @param isFixed whether later XML declarations have no say
 */
record StreamEncoding(
    @Nullable Charset transcodedFrom, @Nullable String memberCharset, boolean isFixed) {
  private static final String PROBE = "<cdr></?'\"!-[]>";

  static StreamEncoding of(byte[] head, @Nullable String parameter) {
    try {
      XmlEncoding encoding = XmlEncoding.of(head, parameter);
      Charset charset = encoding.charset();
      if (!readsAsAscii(charset)) {
        return new StreamEncoding(charset, StandardCharsets.UTF_8.name(), true);
      }
      boolean fixed = parameter != null || encoding.bomLength() > 0;
      return new StreamEncoding(null, fixed ? charset.name() : null, fixed);
    } catch (UnreadableXml e) {
      // Each member is then refused in the name of an encoding that nobody knows.
      return new StreamEncoding(null, parameter, parameter != null);
    }
  }

  InputStream readable(InputStream in) {
    return transcodedFrom == null ? in : new Utf8Stream(in, transcodedFrom);
  }

  private static boolean readsAsAscii(Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return true;
    }
    return charset.canEncode()
        && charset.newEncoder().maxBytesPerChar() <= 1
        && Arrays.equals(PROBE.getBytes(charset), PROBE.getBytes(StandardCharsets.US_ASCII));
  }
}
