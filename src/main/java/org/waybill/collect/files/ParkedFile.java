package org.waybill.collect.files;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * A file as it was at one moment.
 *
 * @param key what tells it from another that takes its name later
 */
record ParkedFile(Path path, long size, Instant modified, String key) {
  static ParkedFile of(Path path, BasicFileAttributes attributes) {
    return new ParkedFile(
        path,
        attributes.size(),
        attributes.lastModifiedTime().toInstant(),
        String.valueOf(attributes.fileKey()));
  }
}
