package org.waybill.collect.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.waybill.collect.archive.Packing.ascii;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTest {
  private static final int MAX = 1_000;
  private static final String FIRST = "<?xml version=\"1.0\"?>\n<cdr core-uuid=\"1\">\n</cdr>\n";
  private static final String SECOND = "<cdr>\n  <variables><cdr>x</cdr></variables>\n</cdr>\n";

  @TempDir Path files;

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "ustar", "pax", "v7"})
  void takesTheFilesOfATarArchive(String format) throws IOException {
    String deep = "2026-11-21/" + "d".repeat(60) + "/a_1.cdr.xml";
    Packing.write(files.resolve(deep), FIRST);
    Packing.write(files.resolve("empty.cdr.xml"), "");
    Packing.write(files.resolve("large.cdr.xml"), "x".repeat(MAX + 1));
    Packing.write(files.resolve("most.cdr.xml"), "y".repeat(MAX));
    Packing.write(files.resolve(".hidden"), "z");

    byte[] tar = Packing.tar(files, format);
    for (byte[] upload : List.of(tar, Packing.gzip(tar))) {
      assertThat(texts(upload))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "./" + deep,
                  FIRST,
                  "./empty.cdr.xml",
                  "",
                  "./large.cdr.xml",
                  "too large",
                  "./most.cdr.xml",
                  "y".repeat(MAX)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "pax"})
  void takesFilesWithLongNames(String format) throws IOException {
    String name = "n".repeat(90) + "/" + "é".repeat(100) + ".xml";
    Packing.write(files.resolve(name), FIRST);
    assertThat(texts(Packing.tar(files, format))).containsExactly(Map.entry("./" + name, FIRST));
  }

  @Test
  void takesTheFilesOfAZipArchive() throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("cdrs/", new byte[0]);
    members.put("cdrs/a_1.cdr.xml", ascii(FIRST));
    members.put("__MACOSX/cdrs/._a_1.cdr.xml", new byte[9]);
    members.put("cdrs/large.xml", new byte[MAX + 1]);
    members.put("b.json", ascii("{}"));
    assertThat(texts(Packing.zip(members)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("cdrs/a_1.cdr.xml", FIRST, "cdrs/large.xml", "too large", "b.json", "{}"));
    assertThat(texts(Packing.zip(Map.of()))).isEmpty();
  }

  @Test
  void partsXmlDocumentsThatFollowEachOther() throws IOException {
    String third = "<?xml version=\"1.0\"?><cdr><cut off";
    List<PackedDocument> all = all(ascii("\n" + FIRST + SECOND + third + FIRST + SECOND));
    assertThat(all)
        .extracting(it -> new String(it.body(), UTF_8).strip())
        .containsExactly(FIRST.strip(), SECOND.strip(), third, FIRST.strip(), SECOND.strip());
    assertThat(all).extracting(PackedDocument::line).containsExactly(2L, 5L, 8L, 8L, 11L);
    assertThat(all).extracting(PackedDocument::number).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void goesOnBehindADocumentThatIsTooLarge() throws IOException {
    String large = FIRST.replace("<cdr ", "<cdr a='" + "x".repeat(5_000) + "' ");
    List<PackedDocument> all = all(ascii(FIRST + large + SECOND + large + FIRST));
    assertThat(all)
        .extracting(it -> it.body() == null ? "too large" : new String(it.body(), UTF_8))
        .containsExactly(FIRST, "too large", SECOND, "too large", FIRST);
  }

  @Test
  void takesOtherDocumentsLineByLine() throws IOException {
    String lines = "{\"a\":1}\n\n{\"b\":2}\r\n" + "x".repeat(2 * MAX) + "\n{\"c\":3}";
    assertThat(all(ascii(lines)))
        .extracting(it -> it.body() == null ? "too large" : new String(it.body(), UTF_8).strip())
        .containsExactly("{\"a\":1}", "{\"b\":2}", "too large", "{\"c\":3}");
  }

  @Test
  void partsPercentEncodedDocuments() throws IOException {
    String one = "%3C%3Fxml%20version%3D%221.0%22%3F%3E%3Ccdr%3E%3C/cdr%3E";
    String other = "%3Ccdr%3E%3C/cdr%3E";
    assertThat(all(ascii(one + one + "\n" + other + "\n" + one)))
        .extracting(it -> new String(it.body(), UTF_8).strip())
        .containsExactly(one, one, other, one);
  }

  @Test
  void readsAllMembersOfAGzipFileThatComesInDribs() throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(Packing.gzip(ascii(FIRST)));
    both.write(Packing.gzip(ascii(SECOND)));
    InputStream dribs =
        new ByteArrayInputStream(both.toByteArray()) {
          @Override
          public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(length, 1));
          }

          @Override
          public synchronized int available() {
            return 0;
          }
        };
    PackedDocuments documents = Upload.open(dribs, MAX);
    assertThat(documents.next()).isNotNull();
    assertThat(documents.next()).isNotNull();
    assertThat(documents.next()).isNull();
  }

  @Test
  void saysThatAnUploadWasCutOff() throws IOException {
    Packing.write(files.resolve("a.xml"), FIRST);
    byte[] tar = Packing.tar(files, "gnu");
    assertThatThrownBy(() -> all(Arrays.copyOf(tar, 1_030))).isInstanceOf(CorruptUpload.class);
    byte[] gzip = Packing.gzip(tar);
    assertThatThrownBy(() -> all(Arrays.copyOf(gzip, gzip.length / 2)))
        .isInstanceOf(IOException.class);
    byte[] zip = Packing.zip(Map.of("a.xml", ascii(FIRST.repeat(9))));
    assertThatThrownBy(() -> all(Arrays.copyOf(zip, 60))).isInstanceOf(IOException.class);
  }

  @Test
  void stopsABomb() throws IOException {
    byte[] zeros = new byte[80 << 20];
    assertThatThrownBy(() -> all(Packing.gzip(zeros)))
        .isInstanceOf(CorruptUpload.class)
        .hasMessage("The upload unpacks to more than 250 times its size");
    assertThatThrownBy(() -> all(Packing.zip(Map.of("zeros.xml", zeros))))
        .isInstanceOf(CorruptUpload.class);
  }

  @Test
  void anEmptyUploadHasNoDocuments() throws IOException {
    assertThat(all(new byte[0])).isEmpty();
    assertThat(all(ascii(" \n"))).isEmpty();
    assertThat(all(Packing.gzip(new byte[0]))).isEmpty();
  }

  private static Map<String, String> texts(byte[] upload) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (PackedDocument next : all(upload)) {
      byte[] body = next.body();
      texts.put(String.valueOf(next.name()), body == null ? "too large" : new String(body, UTF_8));
    }
    return texts;
  }

  private static List<PackedDocument> all(byte[] upload) throws IOException {
    PackedDocuments documents = Upload.open(new ByteArrayInputStream(upload), MAX);
    List<PackedDocument> all = new ArrayList<>();
    for (PackedDocument next = documents.next(); next != null; next = documents.next()) {
      all.add(next);
    }
    return all;
  }
}
