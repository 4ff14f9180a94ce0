package org.waybill.normalize.freeswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.CallFacts;
import org.waybill.cdr.Cdr;
import org.waybill.document.Violation;
import org.waybill.normalize.Normalization;
import org.waybill.normalize.Normalization.Fault;
import org.waybill.normalize.Normalization.Made;
import org.waybill.normalize.Normalization.Unusable;
import org.waybill.normalize.Normalized;
import org.waybill.normalize.RawDocument;
import org.waybill.normalize.ReadBack;
import org.waybill.normalize.SomeOrganizations;
import org.waybill.normalize.Switch;
import org.waybill.task.Field;
import org.waybill.task.Priority;

class FreeSwitchDialectTest {
  private static final FreeSwitchDialect DIALECT =
      new FreeSwitchDialect(SomeOrganizations.stored(), Clock.systemUTC());
  private static final String XML = text("answered-call.xml");

  @Test
  void bringsADocumentOfModXmlCdr() {
    Normalized made = ReadBack.proven(normalization(XML));
    Cdr cdr = made.cdr();

    assertThat(cdr.uuid()).hasToString("5b0c1f3e-8d27-4a55-b0c6-91f7e2d40a13");
    assertThat(cdr.legUuid()).isEqualTo("5b0c1f3e-8d27-4a55-b0c6-91f7e2d40a13");
    assertThat(cdr.startEpoch()).isEqualTo(1_705_312_845);
    assertThat(cdr.tableSuffix()).hasToString("20240115");
    assertThat(cdr.timeZoneOffset()).isEqualTo(60);
    assertThat(cdr.rmOrgId()).isEqualTo(1002);
    assertThat(cdr.rmUserId()).isEqualTo("zoe");
    assertThat(cdr.variable("sip_full_from"))
        .isEqualTo("\"Zoë B\" <sip:0142685300@sip.paris.example>");
    assertThat(cdr.variable("switch_r_sdp")).isEqualTo("v=0\r\ns=1+1");
    assertThat(cdr.variable("nolocal:crm_id")).isEqualTo("77");
    assertThat(cdr.variable("caller_id_name")).isEqualTo("Zoë B");
    assertThat(cdr.variable("context")).isEqualTo("internal");
    assertThat(cdr.variable("caller_id_number_e164")).isEqualTo("+33142685300");
    assertThat(CallFacts.of(cdr))
        .isEqualTo(new CallFacts("0142685300", "1001", "inbound", "NORMAL_CLEARING", 70, null));
    assertThat(made.tasks()).hasSize(1);
    assertThat(made.tasks().get(0).priority()).isEqualTo(Priority.LOW);
    assertThat(made.tasks().get(0).fields())
        .contains(new Field("rmDispStoreItems", "2"), new Field("rmDispStorePriority_0", "high"));
  }

  @Test
  void tellsTheSwitchAndWhatWasMended() {
    Made made = (Made) normalization(XML);
    assertThat(made.sender())
        .isEqualTo(new Switch("pbx-paris-1", "2f0d5c55-6a0e-4f0b-8f26-7d3a9c1b4e10"));
    assertThat(made.repairs()).extracting(repair -> repair.kind()).containsOnly("unbound-prefix");
  }

  @Test
  void knowsADocumentAgainInEveryFormItComesIn() {
    byte[] once = ReadBack.proven(normalization(XML)).contentHash();
    List<String> forms =
        List.of(
            "cdr=" + XML,
            "cdr=" + URLEncoder.encode(XML, StandardCharsets.UTF_8).replace("+", "%20"),
            "cdr=" + Base64.getEncoder().encodeToString(XML.getBytes(StandardCharsets.UTF_8)),
            XML.replace("\n", "\r\n").replace("  <", "<"),
            XML.replace("ë", "&#xEB;"),
            text("answered-call.json"));
    for (String form : forms) {
      Normalized made = ReadBack.proven(normalization(form));
      assertThat(made.contentHash()).isEqualTo(once);
      assertThat(made.cdr().uuid()).hasToString("5b0c1f3e-8d27-4a55-b0c6-91f7e2d40a13");
    }
  }

  @Test
  void knowsADocumentAgainWhoeverOwnsIt() {
    Normalization other =
        DIALECT.normalize(raw(XML, null), SomeOrganizations.of(SomeOrganizations.NEW_YORK));
    assertThat(ReadBack.proven(other).cdr().rmOrgId()).isEqualTo(1003);
    assertThat(ReadBack.proven(other).contentHash())
        .isEqualTo(ReadBack.proven(normalization(XML)).contentHash());
  }

  @Test
  void tellsTheLineOfAVariableThatIsWrong() {
    Unusable refused =
        (Unusable)
            normalization(
                XML.replace("<billsec>", "<rmAnalyticsItems>x</rmAnalyticsItems>\n<billsec>"));
    assertThat(refused.fault()).isEqualTo(Fault.INVALID);
    assertThat(refused.violations())
        .extracting(Violation::line, Violation::message)
        .containsExactly(
            tuple(23, "rmAnalyticsItems must be a whole number from 0 to 100, but is 'x'."));
  }

  @Test
  void findsWhatCannotBeReadByTheUuidOfItsAddress() {
    Normalization normalization =
        DIALECT.normalize(
            raw("no document", "a_5b0c1f3e-8d27-4a55-b0c6-91f7e2d40a13"),
            SomeOrganizations.ANYBODYS);
    assertThat(normalization).isInstanceOf(Unusable.class);
    assertThat(((Unusable) normalization).fault()).isEqualTo(Fault.NOT_WELL_FORMED);
    assertThat(((Unusable) normalization).uuid())
        .hasToString("5b0c1f3e-8d27-4a55-b0c6-91f7e2d40a13");
  }

  private static Normalization normalization(String document) {
    return DIALECT.normalize(raw(document, null), SomeOrganizations.ANYBODYS);
  }

  private static RawDocument raw(String document, @Nullable String urlUuid) {
    return new RawDocument(document.getBytes(StandardCharsets.UTF_8), null, urlUuid);
  }

  private static String text(String name) {
    try (InputStream in =
        FreeSwitchDialectTest.class.getResourceAsStream("/freeswitch-mapping/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
