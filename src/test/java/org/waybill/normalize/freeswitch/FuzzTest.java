package org.waybill.normalize.freeswitch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Mutants of every fixture, in every wire form: each is answered, and what becomes a CDR is one
 * that our schema allows and that is read back as it was made. {@code -Dwaybill.fuzz.tries=} makes
 * more of them, {@code -Dwaybill.fuzz.seconds=} as many as can be tried meanwhile, {@code
 * -Dwaybill.fuzz.seed=} the same ones again.
 */
class FuzzTest {
  private static final long SECONDS = Long.getLong("waybill.fuzz.seconds", 0);
  private static final long TRIES =
      SECONDS > 0 ? Long.MAX_VALUE : Long.getLong("waybill.fuzz.tries", 20_000);
  private static final long SEED = Long.getLong("waybill.fuzz.seed", System.nanoTime());

  /** What becomes of one that could be read takes ten times as long to find out. */
  private static final int EVERY_SO_MANY = 10;

  private static final String[] PIECES = {
    "<",
    ">",
    "</",
    "/>",
    "<!",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?x",
    "?>",
    "<!DOCTYPE a>",
    "&",
    "&lt;",
    "&#0;",
    "&#xD800;",
    "&#1114112;",
    "\"",
    "'",
    "=",
    " ",
    "\t",
    "\r",
    "\n",
    "\u0000",
    "\uFFFE",
    "\uFEFF",
    "é",
    "\uD83D\uDE00",
    "%",
    "%3",
    "%3C",
    "%00",
    "+",
    "-",
    "cdr=",
    "&cdr=",
    "<cdr>",
    "</cdr>",
    "<variables>",
    "</variables>",
    "<callflow>",
    "</callflow>",
    "<times/>",
    "<set x>",
    "</set x>",
    "<1>",
    "</1>",
    "< a>",
    "<a:b c='d'>",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "nan",
    "\\",
    "\\u",
    "\\u0000",
    "\\\"",
    "null",
    "1e999",
    "encoding=\"UTF-16\"",
    "encoding='IBM037'"
  };

  private final Random random = new Random(SEED);
  private final List<byte[]> fixtures = Fixtures.all();

  @Test
  void everyMutantIsAnswered() {
    System.out.println("Fuzzing with -Dwaybill.fuzz.seed=" + SEED + ".");
    long began = System.nanoTime();
    long tries = 0;
    while (tries < TRIES && (SECONDS == 0 || seconds(began) < SECONDS)) {
      byte[] mutant = oneOf(fixtures);
      for (int changes = random.nextInt(5); changes >= 0; changes--) {
        mutant = changed(mutant);
      }
      byte[] sent = random.nextInt(4) == 0 ? wrapped(mutant) : mutant;
      boolean read = Answers.check(sent) instanceof FreeSwitchReading.Read;
      if (read && tries % EVERY_SO_MANY == 0) {
        Mapped.check(sent);
      }
      tries++;
    }
    System.out.println(tries + " mutants were answered in " + seconds(began) + " s.");
  }

  private static long seconds(long began) {
    return Duration.ofNanos(System.nanoTime() - began).toSeconds();
  }

  private byte[] changed(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(random.nextInt(10) == 0 ? 2_000 : 8));
    return switch (random.nextInt(6)) {
      case 0 -> replaced(bytes, from, to, new byte[0]);
      case 1 -> replaced(bytes, from, from, part(oneOf(fixtures)));
      case 2 -> replaced(bytes, from, from, part(bytes));
      case 3 -> replaced(bytes, from, Math.min(bytes.length, from + 1), oneByte());
      default -> replaced(bytes, from, to, PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8));
    };
  }

  private byte[] wrapped(byte[] bytes) {
    WireForm[] forms = WireForm.values();
    return forms[random.nextInt(forms.length)].of(new String(bytes, UTF_8));
  }

  private byte[] part(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(200));
    return replaced(replaced(bytes, to, bytes.length, new byte[0]), 0, from, new byte[0]);
  }

  private byte[] oneByte() {
    return new byte[] {(byte) random.nextInt(256)};
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    ByteArrayOutputStream replaced = new ByteArrayOutputStream();
    replaced.write(bytes, 0, from);
    replaced.writeBytes(by);
    replaced.write(bytes, to, bytes.length - to);
    return replaced.toByteArray();
  }
}
