package org.waybill.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.waybill.cdr.StoredXml;
import org.waybill.document.CdrReader;
import org.waybill.document.Reading;
import org.waybill.normalize.Normalization.Made;

/** Proves that a normalized document is one: valid in our schema, and read back as it was made. */
public final class ReadBack {
  private static final CdrReader READER = new CdrReader(Clock.systemUTC());

  private ReadBack() {}

  public static Normalized proven(Normalization normalization) {
    assertThat(normalization).isInstanceOf(Made.class);
    Normalized made = ((Made) normalization).cdr();
    Reading reading = READER.read(made.xml().getBytes(StandardCharsets.UTF_8), null);
    assertThat(reading).isInstanceOf(Reading.Valid.class);
    Normalized again = NativeDialect.normalize(((Reading.Valid) reading).content());
    assertThat(again.cdr()).isEqualTo(made.cdr());
    assertThat(again.tasks()).isEqualTo(made.tasks());
    assertThat(StoredXml.cdr(made.xml())).isEqualTo(made.cdr());
    return made;
  }
}
