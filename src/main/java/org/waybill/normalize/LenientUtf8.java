package org.waybill.normalize;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Bytes that ought to be UTF-8. Those that are not are read one by one as windows-1252, which is
 * what phones and address books of old send, so that a name keeps its letters.
 *
 * @param mended whether there were such bytes
 */
public record LenientUtf8(String text, boolean mended) {
  private static final String WINDOWS_1252 = everyByteIn(Charset.forName("windows-1252"));

  private static final char REPLACEMENT = '\uFFFD';

  public static LenientUtf8 of(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf(REPLACEMENT) < 0 ? new LenientUtf8(text, false) : mending(bytes);
  }

  private static LenientUtf8 mending(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    boolean mended = false;
    CoderResult result = decoder.decode(in, out, true);
    while (result.isMalformed()) {
      mended = true;
      for (int i = 0; i < result.length(); i++) {
        out.put(WINDOWS_1252.charAt(in.get() & 0xFF));
      }
      result = decoder.decode(in, out, true);
    }
    return new LenientUtf8(out.flip().toString(), mended);
  }

  private static String everyByteIn(Charset charset) {
    byte[] bytes = new byte[1 << Byte.SIZE];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return new String(bytes, charset);
  }
}
