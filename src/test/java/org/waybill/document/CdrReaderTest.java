package org.waybill.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.waybill.document.Reading.Valid;

class CdrReaderTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-06-01T00:00:00Z"), ZoneOffset.UTC);
  private final CdrReader reader = new CdrReader(CLOCK);

  @Test
  void acceptsTheExampleOfTheSpecification() {
    assertThat(read(Documents.text("example.xml"))).isInstanceOf(Valid.class);
  }

  private Reading read(String s) {
    return reader.read(s.getBytes(StandardCharsets.UTF_8), null);
  }
}
