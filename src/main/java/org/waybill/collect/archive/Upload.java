package org.waybill.collect.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Finds out what an upload is packed in, by its first bytes and nothing else. */
public final class Upload {
  private static final int BUFFER = 65_536;
  private static final int HEAD = 512;

  private Upload() {}

  /**
   * A tar or zip archive, or documents one after the other, or either of them gzipped.
   *
   * @param maxBytes of a document
   */
  public static PackedDocuments open(InputStream in, int maxBytes) throws IOException {
    Expansion expansion = new Expansion();
    PeekingStream bytes = new PeekingStream(expansion.packed(in), BUFFER);
    if (isGzip(bytes.head(2))) {
      InputStream unpacked = expansion.unpacked(new GZIPInputStream(bytes, BUFFER));
      return open(new PeekingStream(unpacked, BUFFER), expansion, maxBytes);
    }
    return open(bytes, expansion, maxBytes);
  }

  private static PackedDocuments open(PeekingStream in, Expansion expansion, int maxBytes)
      throws IOException {
    byte[] head = in.head(HEAD);
    if (isZip(head)) {
      return new ZipDocuments(in, expansion, maxBytes);
    }
    return TarHeader.isOne(head)
        ? new TarDocuments(in, maxBytes)
        : new JoinedDocuments(in, maxBytes);
  }

  /** RFC 1952, section 2.3.1. */
  private static boolean isGzip(byte[] head) {
    return head.length == 2 && head[0] == (byte) 0x1F && head[1] == (byte) 0x8B;
  }

  /** APPNOTE.TXT, 4.3.7: that of a first file; 4.3.16: that of an archive without any. */
  private static boolean isZip(byte[] head) {
    String magic = new String(Arrays.copyOf(head, 4), ISO_8859_1);
    return magic.equals("PK\003\004") || magic.equals("PK\005\006");
  }
}
