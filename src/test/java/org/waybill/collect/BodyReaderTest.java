package org.waybill.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
  private final BodyReader reader = new BodyReader(10);

  @Test
  void tellsASenderThatHungUpFromOneThatSentAllOfIt() {
    assertThat(reader.read(new ByteArrayInputStream(new byte[5]), 6, false))
        .isInstanceOf(BodyReader.Body.Incomplete.class);
    assertThat(reader.read(new ByteArrayInputStream(new byte[6]), 6, false))
        .isInstanceOf(BodyReader.Body.Whole.class);
  }

  @Test
  void takesASenderThatFallsSilentForOneThatHungUp() {
    InputStream silent =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException(new TimeoutException());
          }

          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            return read();
          }
        };
    assertThat(reader.read(silent, 6, false)).isInstanceOf(BodyReader.Body.Incomplete.class);
  }
}
