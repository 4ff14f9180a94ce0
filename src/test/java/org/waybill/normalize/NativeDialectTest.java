package org.waybill.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Variable;
import org.waybill.document.CdrReader;
import org.waybill.document.Documents;
import org.waybill.document.Reading;
import org.waybill.document.Reading.Valid;
import org.waybill.task.Field;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;

class NativeDialectTest {
  private static final CdrReader READER = new CdrReader(Clock.systemUTC());
  private static final String EXAMPLE = Documents.text("example.xml");

  @Test
  void bringsTheExampleOfTheSpecification() {
    Normalized normalized = normalize(EXAMPLE);

    Cdr cdr = normalized.cdr();
    assertThat(cdr.uuid()).isEqualTo(UUID.fromString("a1b2c3d4-e5f6-7890-abcd-ef1234567890"));
    assertThat(cdr.timeZoneOffset()).isEqualTo(-300);
    assertThat(cdr.tableSuffix()).isEqualTo(TableSuffix.parse("20240115"));
    assertThat(cdr.rmOrgId()).isEqualTo(1001);
    assertThat(cdr.variable("hangup_cause")).isEqualTo("NORMAL_CLEARING");
    assertThat(normalized.tasks())
        .extracting(NewTask::type)
        .containsExactly("CDRToSGAPI", "SendEmail");
    assertThat(normalized.tasks().get(0).fields())
        .containsExactly(
            new Field("rmDispStoreItems", "1"), new Field("rmDispStorePriority_0", "high"));
    assertThat(normalized.tasks().get(1).xml()).startsWith("<task type=\"SendEmail\"");
  }

  @ParameterizedTest
  @CsvSource({
    "priority='high', <rmTaskPriority>low</rmTaskPriority>, HIGH",
    "'', <rmTaskPriority>low</rmTaskPriority>, LOW",
    "'', '', MEDIUM"
  })
  void takesThePriorityFromTheAttributeThenTheFieldThenTheMiddle(
      String attribute, String field, Priority expected) {
    String task = "<tasks><task type='T' " + attribute + ">" + field + "</task></tasks>";
    assertThat(normalize(withTasks(task)).tasks().get(0).priority()).isEqualTo(expected);
  }

  @Test
  void fillsOnlyACdrToSgapiTaskFromTheVariables() {
    String document =
        withTasks(
                "<tasks><task type='CDRToSGAPI'><rmDispStoreItems>1</rmDispStoreItems></task><task type='T'/></tasks>")
            .replace(
                "<billsec>",
                "<rmTaskPriority>high</rmTaskPriority><rmDispStoreItems>2</rmDispStoreItems>"
                    + "<rmAnalyticsItems>3</rmAnalyticsItems><billsec>");
    Normalized normalized = normalize(document);

    assertThat(normalized.tasks().get(0).fields())
        .containsExactly(
            new Field("rmDispStoreItems", "1"),
            new Field("rmTaskPriority", "high"),
            new Field("rmAnalyticsItems", "3"));
    assertThat(normalized.tasks().get(0).priority()).isEqualTo(Priority.HIGH);
    assertThat(normalized.tasks().get(1).fields()).isEmpty();
    assertThat(normalized.tasks().get(1).priority()).isEqualTo(Priority.MEDIUM);
  }

  @Test
  void namesAVariableThatXmlCannotName() {
    String document =
        EXAMPLE.replace("<billsec>", "<variable name=\"sip:x\">1</variable><billsec>");
    assertThat(normalize(document).cdr().variables()).contains(new Variable("sip:x", "1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // old => new
        "\n  => ",
        "\n=>\r\n",
        "<cdr>=><!-- a --><cdr><?b?>",
        "<TimeZoneOffset>-300</TimeZoneOffset>=><TimeZoneOffset>&#45;0300</TimeZoneOffset>",
        "a1b2c3d4-e5f6=>A1B2C3D4-E5F6",
        "<billsec>245</billsec>=><billsec><![CDATA[2]]>45</billsec>",
        "<billsec>245</billsec>\n      <hangup_cause>NORMAL_CLEARING</hangup_cause>=>"
            + "<hangup_cause>NORMAL_CLEARING</hangup_cause><billsec>245</billsec>",
        "type=\"SendEmail\" priority=\"low\"=>priority='low'  type='SendEmail'",
      })
  void findsTheSameContentHoweverItIsWritten(String change) {
    assertThat(hash(changed(change))).isEqualTo(hash(EXAMPLE));
  }

  @Test
  void findsTheSameContentInAnyOrderOfDataAndAnyEncoding() {
    String moved =
        EXAMPLE
            .replace("<rmOrgID>1001</rmOrgID>", "")
            .replace("<data>", "<data><rmOrgID>1001</rmOrgID>");
    assertThat(hash(moved)).isEqualTo(hash(EXAMPLE));
    String accented = EXAMPLE.replace("user_42", "café");
    Reading latin = READER.read(accented.getBytes(Charset.forName("windows-1252")), "windows-1252");
    assertThat(NativeDialect.normalize(((Valid) latin).content()).contentHash())
        .isEqualTo(normalize(accented).contentHash());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "567890</uuid>=>567891</uuid>",
        "-300=>-301",
        "<TimeZoneOffset>-300</TimeZoneOffset>=>",
        "1705312800=>1705312801",
        "20240115=>20240116",
        "fedcba</LegUUID>=>fedcbb</LegUUID>",
        "1001=>1002",
        "user_42=>user_43",
        "<rmUserID>user_42</rmUserID>=><rmUserID/>",
        "<rmUserID>user_42</rmUserID>=>",
        "<billsec>245</billsec>=><billsec>246</billsec>",
        "<billsec>245</billsec>=><billsec> 245</billsec>",
        "<billsec>245</billsec>=><billsec a='b'>245</billsec>",
        "<billsec>245</billsec>=><billsec><b>245</b></billsec>",
        "<billsec>245</billsec>=><billsec>245</billsec><billsec>245</billsec>",
        "<billsec>245</billsec>=><bill_sec>245</bill_sec>",
        "<billsec>245</billsec>=><billsec xmlns='u'>245</billsec>",
        "priority=\"high\"=>priority=\"low\"",
        " priority=\"high\"=>",
        "SendEmail=>SendSMS",
        "user@example.com=>user@example.org",
        "<template>voicemail-notification</template>=>",
      })
  void tellsEveryOtherValueApart(String change) {
    assertThat(hash(changed(change))).isNotEqualTo(hash(EXAMPLE));
  }

  private static String changed(String change) {
    int at = change.indexOf("=>");
    String changed = EXAMPLE.replace(change.substring(0, at), change.substring(at + 2));
    assertThat(changed).isNotEqualTo(EXAMPLE);
    return changed;
  }

  private static String withTasks(String tasks) {
    return EXAMPLE.replaceFirst("(?s)<tasks>.*</tasks>", tasks);
  }

  private static byte[] hash(String document) {
    return normalize(document).contentHash();
  }

  private static Normalized normalize(String document) {
    Reading reading = READER.read(document.getBytes(StandardCharsets.UTF_8), null);
    assertThat(reading).isInstanceOf(Valid.class);
    return NativeDialect.normalize(((Valid) reading).content());
  }
}
