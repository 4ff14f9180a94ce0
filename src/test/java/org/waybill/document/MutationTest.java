package org.waybill.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.document.Reading.Invalid;
import org.waybill.document.Reading.NotWellFormed;
import org.waybill.document.Reading.Valid;

/** Whatever the bytes are, the answer is a reading, and it is explained in our own sentences. */
class MutationTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T00:00:00Z"), ZoneOffset.UTC);
  private static final int MUTANTS = 4_000;
  private static final String[] PIECES = {
    "<",
    ">",
    "/",
    "&",
    "\"",
    "'",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?x",
    "?>",
    "<!DOCTYPE a>",
    "&lt;",
    "&#0;",
    "&#xD800;",
    "\u0000",
    "\uFFFE",
    " xmlns='u'",
    " xmlns:x='u'",
    "x:",
    "<uuid/>",
    "<data>",
    "</data>",
    "<task type='CDRToSGAPI'>",
    "</task>",
    "é",
    "99999999999999999999",
    "-",
    " "
  };

  private final CdrReader reader = new CdrReader(CLOCK);

  @ParameterizedTest
  @ValueSource(
      strings = {"example.xml", "many-wrongs.xml", "ok-utf-16-le-bom.xml", "ok-utf-32.xml"})
  void readsMutatedBytes(String name) {
    Random random = new Random(20240115);
    byte[] original = Documents.bytes(name);
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = original.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      check(mutant);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.xml", "many-wrongs.xml", "ok-repeated-variables.xml"})
  void readsMutatedMarkup(String name) {
    Random random = new Random(20240115);
    String original = Documents.text(name);
    for (int i = 0; i < MUTANTS; i++) {
      StringBuilder mutant = new StringBuilder(original);
      for (int j = random.nextInt(3); j >= 0; j--) {
        int from = random.nextInt(mutant.length());
        int to = Math.min(mutant.length(), from + random.nextInt(8));
        mutant.replace(from, to, PIECES[random.nextInt(PIECES.length)]);
      }
      check(mutant.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void check(byte[] mutant) {
    Reading reading = reader.read(mutant, null);
    if (reading instanceof Valid valid) {
      // What is stored must be readable again, and mean the same.
      byte[] stored = valid.content().xml().getBytes(StandardCharsets.UTF_8);
      assertThat(reader.read(stored, null)).isEqualTo(reading);
    } else if (reading instanceof Invalid invalid) {
      assertThat(invalid.violations())
          .isNotEmpty()
          .allSatisfy(
              violation -> {
                assertThat(violation.line()).isPositive();
                assertThat(violation.column()).isPositive();
                assertThat(violation.message())
                    .endsWith(".")
                    .doesNotContain("cvc-", "\n", "breaks the schema", "breaks a rule");
              });
    } else if (reading instanceof NotWellFormed broken) {
      assertThat(broken.violation().message()).endsWith(".").doesNotContain("\n");
    }
  }
}
