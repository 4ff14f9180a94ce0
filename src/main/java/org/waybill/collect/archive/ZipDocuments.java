package org.waybill.collect.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** The files of a zip archive. */
final class ZipDocuments implements PackedDocuments {
  private final ZipInputStream zip;
  private final InputStream bytes;
  private final int maxBytes;
  private long number;

  ZipDocuments(InputStream in, Expansion expansion, int maxBytes) {
    this.zip = new ZipInputStream(in, ISO_8859_1);
    this.bytes = expansion.unpacked(zip);
    this.maxBytes = maxBytes;
  }

  @Override
  public @Nullable PackedDocument next() throws IOException {
    try {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        boolean document = !entry.isDirectory() && FileNames.isDocument(entry.getName());
        byte[] body = document ? bytes.readNBytes(maxBytes + 1) : new byte[0];
        // Not by closeEntry() alone, which would unpack without counting.
        bytes.transferTo(OutputStream.nullOutputStream());
        zip.closeEntry();
        if (document) {
          byte[] whole = body.length > maxBytes ? null : body;
          return new PackedDocument(++number, 0, entry.getName(), whole);
        }
      }
      return null;
    } catch (ZipException | IllegalArgumentException e) {
      throw new CorruptUpload(
          "The zip archive cannot be read behind file " + number + " (" + e.getMessage() + ")", e);
    }
  }
}
