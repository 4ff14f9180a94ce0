package org.waybill.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.document.Reading.Hints;
import org.waybill.document.Reading.Invalid;
import org.waybill.document.Reading.NotWellFormed;
import org.waybill.document.Reading.Valid;

class CdrReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
  private static final CdrReader READER = new CdrReader(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void readsTheExampleOfTheSpecification() {
    CdrContent content = content(Documents.text("example.xml"));

    assertThat(content.uuid()).isEqualTo("a1b2c3d4-e5f6-7890-abcd-ef1234567890");
    assertThat(content.timeZoneOffset()).isEqualTo(-300);
    assertThat(content.startEpoch()).isEqualTo(1705312800);
    assertThat(content.tableSuffix()).isEqualTo("20240115");
    assertThat(content.legUuid()).isEqualTo("f9e8d7c6-b5a4-3210-9876-543210fedcba");
    assertThat(content.rmOrgId()).isEqualTo(1001);
    assertThat(content.rmUserId()).isEqualTo("user_42");
    assertThat(content.variables())
        .extracting(FreeElement::name, FreeElement::value)
        .contains(tuple("caller_id_number", "+15551234567"))
        .hasSize(5);
    assertThat(content.tasks())
        .extracting(TaskContent::type, TaskContent::priority)
        .containsExactly(tuple("CDRToSGAPI", "high"), tuple("SendEmail", "low"));
    assertThat(content.xml()).isEqualTo(Documents.text("example.xml"));
  }

  @Test
  void readsFreeElementsWithTheirMarkup() {
    CdrContent content =
        content(
            minimal(
                "<variables><!-- x --><a/><b> 1 <!-- y --><![CDATA[<]]></b>"
                    + "<c k='v'>2<d> <e/> </d></c><a>3</a></variables>"));

    assertThat(content.variables())
        .containsExactly(
            new FreeElement("a", Map.of(), "", ""),
            new FreeElement("b", Map.of(), " 1 <", ""),
            new FreeElement("c", Map.of("k", "v"), "2  ", "<c k=\"v\">2<d><e></></>"),
            new FreeElement("a", Map.of(), "3", ""));
  }

  @Test
  void makesEachTaskStandAlone() {
    CdrContent content =
        content(
            minimal("")
                .replace("<cdr>", "<cdr xmlns:p='urn:&lt;p&gt;' xmlns:q='urn:q'>")
                .replace(
                    "</data>",
                    "</data><tasks xmlns:r=\"urn:r\">\r\n<task type='A' xmlns:q='urn:other'>"
                        + "<p:f q:g='é'>1</p:f></task> <task type='B'/></tasks>"));

    assertThat(content.tasks())
        .extracting(TaskContent::xml)
        .containsExactly(
            "<task xmlns:p=\"urn:&lt;p>\" xmlns:r=\"urn:r\" type='A' xmlns:q='urn:other'>"
                + "<p:f q:g='é'>1</p:f></task>",
            "<task xmlns:p=\"urn:&lt;p>\" xmlns:q=\"urn:q\" xmlns:r=\"urn:r\" type='B'/>");
    for (TaskContent task : content.tasks()) {
      assertThat(new WellFormedness().of(task.xml().getBytes(StandardCharsets.UTF_8), null))
          .isTrue();
    }
  }

  @Test
  void cutsTasksOutOfLargeDocumentsExactly() {
    String task = "<task type=\"T\">\r\n<a>" + "é𝄞x".repeat(3_000) + "</a></task>";
    CdrContent content =
        content(minimal("").replace("</data>", "</data><tasks>" + task.repeat(20) + "</tasks>"));

    assertThat(content.tasks()).hasSize(20).allMatch(found -> found.xml().equals(task));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTF-8",
        "UTF-16",
        "UTF-16LE",
        "UTF-16BE",
        "UTF-32",
        "UTF-32LE",
        "UTF-32BE",
        "windows-1250",
        "windows-1252",
        "ISO-8859-1",
        "ISO-8859-2",
        "ISO-8859-15",
        "Shift_JIS",
        "GB18030",
        "EUC-JP",
        "Big5",
        "KOI8-R",
        "IBM037",
        "IBM1047",
        "US-ASCII"
      })
  void readsEveryEncodingAndStoresUtf8(String encoding) {
    String declared =
        minimal("<rmUserID>caf&#233;</rmUserID>")
            .replace("<cdr>", "<?xml version='1.0' encoding='" + encoding + "'?><cdr>");
    Reading reading = READER.read(declared.getBytes(Charset.forName(encoding)), null);

    assertThat(reading).isInstanceOf(Valid.class);
    assertThat(((Valid) reading).content().xml())
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + minimal("<rmUserID>caf&#233;</rmUserID>"));
  }

  @ParameterizedTest
  @CsvSource({
    // what it is written in, byte order mark, parameter, declaration
    "UTF-8, \uFEFF, ISO-8859-1, ISO-8859-1",
    "UTF-16LE, \uFEFF, UTF-8, UTF-8",
    "UTF-16LE, '', UTF-16, UTF-8",
    "UTF-16BE, '', utf-16, UTF-8",
    "windows-1250, '', \"windows-1250\", UTF-8",
    "ISO-8859-1, '', , ISO-8859-1",
    "UTF-8, '', UTF-8, UTF-16",
  })
  void believesTheMarkThenTheParameterThenTheDeclaration(
      String written, String mark, @Nullable String parameter, String declared) {
    String text =
        mark
            + "<?xml version='1.0' encoding='"
            + declared
            + "'?>"
            + minimal("<rmUserID>café</rmUserID>");
    Reading reading = READER.read(text.getBytes(Charset.forName(written)), parameter);

    assertThat(reading).isInstanceOf(Valid.class);
    assertThat(((Valid) reading).content().rmUserId()).isEqualTo("café");
  }

  @Test
  void tellsWhereAnUnreadableByteIs() {
    byte[] body = minimal("\r\n\r\n<rmUserID>é").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(READER.read(body, null))
        .isEqualTo(
            new NotWellFormed(
                new Violation(3, 11, "A byte here is not UTF-8, which the document is in.")));
  }

  @Test
  void saysOfAnInvalidDocumentWhoseItIs() {
    UUID uuid = UUID.fromString("d0c00000-0000-4000-8000-000000000000");
    assertThat(hints(minimal("<Strange/>"))).isEqualTo(new Hints(uuid, 1001));
    assertThat(hints(minimal("").replace("1001", " +7 ").replace("d0c", "???")))
        .isEqualTo(new Hints(null, 7));
    assertThat(hints("<cdr/>")).isEqualTo(Hints.NONE);
  }

  @Test
  void takesACallOfTheNextDayAndNoneAfterIt() {
    long latest = NOW.plus(Duration.ofDays(1)).getEpochSecond();
    assertThat(READER.read(startingAt(latest, "20261122"), null)).isInstanceOf(Valid.class);
    assertThat(READER.read(startingAt(latest + 1, "20261122"), null)).isInstanceOf(Invalid.class);
  }

  @Test
  void tellsViolationsInTheOrderOfTheirPlacesAndBoundsThem() {
    String broken = minimal("<x/>\n".repeat(1_500));
    List<Violation> violations = ((Invalid) read(broken)).violations();
    assertThat(violations).hasSize(XmlLimits.VIOLATIONS + 1).isSorted();
    assertThat(violations.get(XmlLimits.VIOLATIONS).message())
        .isEqualTo("There are at least 500 more violations.");
  }

  @Test
  void readsOnManyThreadsAtOnce() {
    byte[] good = Documents.bytes("example.xml");
    byte[] bad = Documents.bytes("many-wrongs.xml");
    Reading goodReading = READER.read(good, null);
    Reading badReading = READER.read(bad, null);
    assertThat(IntStream.range(0, 2_000).parallel().boxed())
        .allMatch(i -> READER.read(good, null).equals(goodReading))
        .allMatch(i -> READER.read(bad, null).equals(badReading));
  }

  @Test
  void fetchesNothingThatADocumentNames() throws IOException {
    try (ServerSocket listener = new ServerSocket(0)) {
      String url = "http://127.0.0.1:" + listener.getLocalPort() + "/x";
      for (String hostile :
          List.of(
              "<!DOCTYPE cdr SYSTEM '" + url + "'>" + minimal(""),
              "<!DOCTYPE cdr [<!ENTITY % p SYSTEM '" + url + "'> %p;]>" + minimal(""),
              minimal("<x/>")
                  .replace(
                      "<cdr>",
                      "<cdr xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                          + (" xsi:schemaLocation='u " + url + "'")
                          + (" xsi:noNamespaceSchemaLocation='" + url + "'>")))) {
        assertThat(read(hostile)).isNotInstanceOf(Valid.class);
      }
      listener.setSoTimeout(1);
      assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  private static byte[] startingAt(long epoch, String day) {
    return minimal("")
        .replace("1705312800", Long.toString(epoch))
        .replace("20240115", day)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Hints hints(String text) {
    return ((Invalid) read(text)).hints();
  }

  private static CdrContent content(String text) {
    Reading reading = read(text);
    assertThat(reading).isInstanceOf(Valid.class);
    return ((Valid) reading).content();
  }

  private static Reading read(String text) {
    return READER.read(text.getBytes(StandardCharsets.UTF_8), null);
  }

  private static String minimal(String more) {
    return "<cdr><data>"
        + more
        + "<uuid>d0c00000-0000-4000-8000-000000000000</uuid><StartEpoch>1705312800</StartEpoch>"
        + "<TableSuffix>20240115</TableSuffix><rmOrgID>1001</rmOrgID></data></cdr>";
  }
}
