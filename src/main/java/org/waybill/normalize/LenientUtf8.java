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
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  public static LenientUtf8 of(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    boolean mended = false;
    CoderResult result = decoder.decode(in, out, true);
    while (result.isMalformed()) {
      mended = true;
      for (int i = 0; i < result.length(); i++) {
        out.put(WINDOWS_1252.decode(ByteBuffer.wrap(new byte[] {in.get()})));
      }
      result = decoder.decode(in, out, true);
    }
    return new LenientUtf8(out.flip().toString(), mended);
  }
}
