package org.waybill.normalize.freeswitch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The documents in src/test/resources/freeswitch. */
final class Fixtures {
  private static final Path DIRECTORY = Path.of("src/test/resources/freeswitch");

  private Fixtures() {}

  static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(DIRECTORY.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<byte[]> all() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.sorted().map(file -> bytes(file.getFileName().toString())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
