package org.waybill.collect.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of a tar archive. */
final class TarDocuments implements PackedDocuments {
  /** Of what only describes a file. */
  private static final int MAX_DESCRIPTION = 1 << 20;

  private final InputStream in;
  private final int maxBytes;
  private long number;
  private @Nullable String longName;
  private @Nullable Long longSize;

  TarDocuments(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  @Override
  public @Nullable PackedDocument next() throws IOException {
    for (TarHeader header = header(); header != null; header = header()) {
      switch (header.type()) {
        case 'L' -> longName = new String(description(header), UTF_8).replace("\0", "");
        case 'x' -> extend(new String(description(header), UTF_8));
        default -> {
          PackedDocument document = file(header);
          if (document != null) {
            return document;
          }
        }
      }
    }
    return null;
  }

  /** Null for a file that is no document. */
  private @Nullable PackedDocument file(TarHeader header) throws IOException {
    String name = longName == null ? header.name() : longName;
    long size = longSize == null ? header.size() : longSize;
    longName = null;
    longSize = null;
    if (!header.isFile() || !FileNames.isDocument(name)) {
      skip(padded(size));
      return null;
    }
    number++;
    if (size > maxBytes) {
      skip(padded(size));
      return new PackedDocument(number, 0, name, null);
    }
    return new PackedDocument(number, 0, name, bytes(size));
  }

  /** Two blocks of zeros are the end; some writers leave them out. */
  private @Nullable TarHeader header() throws IOException {
    byte[] block = in.readNBytes(TarHeader.LENGTH);
    if (block.length == 0 || (block.length == TarHeader.LENGTH && isZero(block))) {
      in.transferTo(OutputStream.nullOutputStream());
      return null;
    }
    if (block.length < TarHeader.LENGTH) {
      throw cut();
    }
    return TarHeader.of(block);
  }

  private byte[] description(TarHeader header) throws IOException {
    if (header.size() > MAX_DESCRIPTION) {
      throw new CorruptUpload("The tar archive describes a file in more than a megabyte");
    }
    return bytes(header.size());
  }

  /** Records of the form {@code "27 path=some/file.xml\n"}, with their own length before them. */
  private void extend(String records) {
    Map<String, String> values = new HashMap<>();
    for (String record : records.split("\n", -1)) {
      int name = record.indexOf(' ') + 1;
      int equals = record.indexOf('=', name);
      if (equals > 0) {
        values.put(record.substring(name, equals), record.substring(equals + 1));
      }
    }
    longName = values.getOrDefault("path", longName);
    String size = values.get("size");
    if (size != null && size.matches("\\d{1,18}")) {
      longSize = Long.valueOf(size);
    }
  }

  private byte[] bytes(long size) throws IOException {
    byte[] bytes = in.readNBytes((int) size);
    if (bytes.length < size) {
      throw cut();
    }
    skip(padded(size) - size);
    return bytes;
  }

  private void skip(long count) throws IOException {
    try {
      in.skipNBytes(count);
    } catch (EOFException e) {
      throw cut();
    }
  }

  private CorruptUpload cut() {
    return new CorruptUpload("The tar archive ends within a file, behind file " + number);
  }

  private static long padded(long size) {
    return (size + TarHeader.LENGTH - 1) / TarHeader.LENGTH * TarHeader.LENGTH;
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
