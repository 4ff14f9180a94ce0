package org.waybill.collect.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Whether a document is written to its end, as far as its last bytes tell. */
final class FileEnd {
  private static final int TAIL = 64;

  /** Plain and percent-encoded. Base64 shows no end; it has to grow old. */
  private static final Pattern END =
      Pattern.compile("(?s).*(?:</cdr>|\\}|(?i:%3C/cdr%3E|%3C%2Fcdr%3E|%7D))(?:\\s|%0[AaDd])*+");

  private FileEnd() {}

  static boolean isReached(ParkedFile file) throws IOException {
    return END.matcher(tail(file.path())).matches();
  }

  private static String tail(Path path) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      long from = Math.max(0, channel.size() - TAIL);
      ByteBuffer bytes = ByteBuffer.allocate(TAIL);
      channel.position(from);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // reads on
      }
      return new String(bytes.array(), 0, bytes.position(), ISO_8859_1);
    }
  }
}
