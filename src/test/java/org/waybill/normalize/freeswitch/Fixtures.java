package org.waybill.normalize.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.waybill.normalize.freeswitch.FreeSwitchReading.Read;

/** The documents in src/test/resources/freeswitch, many of them the clean one with one flaw. */
final class Fixtures {
  private static final Path DIRECTORY = Path.of("src/test/resources/freeswitch");

  static final FreeSwitchDocument CLEAN = read("clean.xml");

  private Fixtures() {}

  static FreeSwitchDocument read(String name) {
    FreeSwitchReading reading = Answers.check(bytes(name));
    assertThat(reading).isInstanceOf(Read.class);
    return ((Read) reading).document();
  }

  static String value(FreeSwitchDocument document, String name) {
    return document.variables().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow()
        .encoded();
  }

  static void holdsWhatTheCleanOneHolds(FreeSwitchDocument document) {
    assertThat(document.coreUuid()).isEqualTo(CLEAN.coreUuid());
    assertThat(document.channelData()).isEqualTo(CLEAN.channelData());
    assertThat(document.callflows()).isEqualTo(CLEAN.callflows());
    assertThat(document.variables())
        .extracting(RawVariable::name, RawVariable::encoded)
        .containsAll(
            CLEAN.variables().stream().map(one -> tuple(one.name(), one.encoded())).toList());
  }

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
