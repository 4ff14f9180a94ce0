package org.waybill.collect.smdr;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.waybill.collect.smdr.RawLine.Flaw;

class LineSplitterTest {
  @Property
  void linesComeBackWhateverTheChunks(
      @ForAll("lines") List<String> lines,
      @ForAll("ends") String end,
      @ForAll @IntRange(min = 1, max = 200) int chunk) {
    byte[] bytes = (String.join(end, lines) + end).getBytes(ISO_8859_1);
    assertThat(split(bytes, chunk)).isEqualTo(lines);
  }

  @Test
  void boundsALineAndGoesOnBehindIt() {
    LineSplitter splitter = new LineSplitter();
    byte[] chunk = "x".repeat(LineSplitter.LONGEST).getBytes(ISO_8859_1);
    List<RawLine> lines = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      lines.addAll(splitter.split(chunk, chunk.length));
    }
    assertThat(lines).isEmpty();
    lines.addAll(splitter.split("y\nz\n".getBytes(ISO_8859_1), 4));
    assertThat(lines).extracting(RawLine::flaw).containsExactly(Flaw.TOO_LONG, Flaw.NONE);
    assertThat(lines.get(0).bytes()).hasSize(LineSplitter.LONGEST);
    assertThat(lines.get(1).bytes()).containsExactly('z');
  }

  @Test
  void tellsALineWithoutAnEnd() {
    LineSplitter splitter = new LineSplitter();
    assertThat(splitter.end(Flaw.CUT)).isEmpty();
    splitter.split("half".getBytes(ISO_8859_1), 4);
    assertThat(splitter.end(Flaw.CUT).orElseThrow().flaw()).isEqualTo(Flaw.CUT);
    assertThat(splitter.end(Flaw.CUT)).isEmpty();
  }

  private static List<String> split(byte[] bytes, int chunk) {
    LineSplitter splitter = new LineSplitter();
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += chunk) {
      byte[] next = Arrays.copyOfRange(bytes, from, Math.min(from + chunk, bytes.length));
      for (RawLine line : splitter.split(next, next.length)) {
        lines.add(new String(line.bytes(), ISO_8859_1));
      }
    }
    return lines;
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.strings()
        .withCharRange(' ', '\u00ff')
        .ofMinLength(1)
        .ofMaxLength(120)
        .list();
  }

  @Provide
  Arbitrary<String> ends() {
    return Arbitraries.of("\r\n", "\n", "\r\n\0\0\0", "\0\0\0", "\n\0\0\0");
  }
}
