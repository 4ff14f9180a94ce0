package org.waybill.normalize.callflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.access.Caller;
import org.waybill.cdr.Cdr;
import org.waybill.document.Violation;
import org.waybill.normalize.Normalization;
import org.waybill.normalize.Normalization.Fault;
import org.waybill.normalize.Normalization.Unusable;
import org.waybill.normalize.RawDocument;
import org.waybill.normalize.ReadBack;
import org.waybill.normalize.SomeOrganizations;

class CallflowDialectTest {
  private static final CallflowDialect DIALECT =
      new CallflowDialect(SomeOrganizations.stored(), Clock.systemUTC());
  private static final Caller PARIS = SomeOrganizations.of(SomeOrganizations.PARIS);

  private static final String CALL =
      """
      {"call_id":77,"call_type":"inbound","scenario_id":"s","initiator_phone":"0142685300",\
      "media_record_id":"m","initiated_at":"2024-06-11T09:00:00Z",\
      "finished_at":"2024-06-11T09:12:00Z","context":{"queue":"sales","deep":{}}}""";

  private static final String DOCUMENT =
      """
      {"call":%s,\
      "connections":[{"connection_id":2,"call_id":77,"answered_at":"2024-06-11T09:02:10Z"},\
      {"connection_id":1,"call_id":77,"answered_at":"2024-06-11T09:01:00Z"},\
      {"connection_id":3,"call_id":77,"answered_at":null}],\
      "events":[\
      {"event_id":3,"call_id":77,"event_type":"call_finished","payload":{"status":"resolved"}},\
      {"event_id":1,"call_id":77,"event_type":"operator_assigned",\
      "payload":{"operator_id":1,"name":"Ada Quill"}},\
      {"event_id":2,"call_id":77,"event_type":"operator_assigned","payload":{"operator_id":4}}],\
      "operators":[{"operator_id":4,"name":"Dita Holm"}]}"""
          .formatted(CALL);

  @Test
  void takesOfEachPieceWhatItSays() {
    Cdr cdr = cdr(DOCUMENT);
    assertThat(cdr.uuid()).isEqualTo(CallflowDialect.uuid(SomeOrganizations.PARIS, 77));
    assertThat(cdr.uuid().version()).isEqualTo(5);
    assertThat(cdr.startEpoch()).isEqualTo(Instant.parse("2024-06-11T09:00:00Z").getEpochSecond());
    assertThat(cdr.tableSuffix()).hasToString("20240611");
    assertThat(cdr.variables().stream().map(one -> one.name() + "=" + one.value()))
        .containsExactly(
            "call_id=77",
            "call_direction=inbound",
            "caller_id_number=0142685300",
            "scenario_id=s",
            "media_record_id=m",
            "operator_id=4",
            "operator_name=Dita Holm",
            "call_result=resolved",
            "number_of_connections=3",
            "number_of_events=3",
            "duration=720",
            "billsec=660",
            "answer_epoch=1718096460",
            "end_epoch=1718097120",
            "context_queue=sales",
            "caller_id_number_e164=+33142685300");
  }

  @Test
  void keepsTheUuidThatItGaveACallForEver() {
    assertThat(CallflowDialect.uuid(1001, 1001))
        .isEqualTo(UUID.fromString("2923bfdc-4605-59a8-9d1f-6c3fac299285"));
  }

  @Test
  void readsAnItemOfTheFeedOfCallsAlone() {
    Cdr cdr = cdr(CALL);
    assertThat(cdr.variable("billsec")).isEqualTo("0");
    assertThat(cdr.variable("number_of_events")).isEqualTo("0");
    assertThat(cdr.variable("call_result")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-06-11T11:00:00.5+02:00, 2024-06-11T09:00:00Z",
    "2024-06-11 09:00:00+00, 2024-06-11T09:00:00Z",
    "2024-06-11T09:00:00+0000, 2024-06-11T09:00:00Z",
    "2024-06-11 11:00:00, 2024-06-11T09:00:00Z",
    "1718096400, 2024-06-11T09:00:00Z"
  })
  void readsTimesAsTheyAreWritten(String written, String meant) {
    String value = written.matches("[0-9]+") ? written : '"' + written + '"';
    String call = CALL.replace("\"2024-06-11T09:00:00Z\"", value);
    assertThat(cdr(call).startEpoch()).isEqualTo(Instant.parse(meant).getEpochSecond());
  }

  @Test
  void saysNothingOfTheLengthOfACallWithoutAnEnd() {
    String open = CALL.replace("\"2024-06-11T09:12:00Z\"", "null");
    Cdr cdr =
        cdr(
            "{\"call\":"
                + open
                + ",\"connections\":[{\"connection_id\":1,\"call_id\":77,"
                + "\"answered_at\":\"2024-06-11T09:01:00Z\"}],\"unended\":true}");
    assertThat(cdr.variable("call_state")).isEqualTo("timed_out");
    assertThat(cdr.variable("duration")).isNull();
    assertThat(cdr.variable("billsec")).isNull();
  }

  @Test
  void hashesValuesAndNotTheirOrderOrBlanks() {
    byte[] hash = hash(CALL);
    assertThat(hash(CALL.replace(",", " ,\n "))).isEqualTo(hash);
    assertThat(hash("{\"call_type\":\"inbound\"," + CALL.substring(1))).isEqualTo(hash);
    assertThat(hash(CALL.replace("inbound", "outbound"))).isNotEqualTo(hash);
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    String wrong =
        """
        {"call":{"call_id":"x","finished_at":"then","call_type":[]},\
        "connections":[{"connection_id":1}]}""";
    assertThat(unusable(wrong, PARIS).violations())
        .extracting(Violation::message)
        .containsExactly(
            "A call has no initiated_at, which it needs.",
            "A connection has no call_id, which it needs.",
            "call_id of a call must be a whole number of at most 18 digits, but is 'x'.",
            "call_type of a call must be a text, but is '[]'.",
            "finished_at of a call must be a time such as 2024-01-15T10:30:45Z, but is 'then'.");
    assertThat(unusable(wrong, PARIS).fault()).isEqualTo(Fault.INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[", "[]", "{\"call_id\":1", "17"})
  void knowsWhatIsNoDocument(String text) {
    assertThat(unusable(text, PARIS).fault()).isEqualTo(Fault.NOT_WELL_FORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"call\":[]}", "{\"event_id\":1}"})
  void saysThatAnItemOfAnotherFeedIsNoCall(String text) {
    assertThat(unusable(text, PARIS).violations().get(0).message())
        .startsWith("The document is no call");
  }

  @Test
  void needsAnOrganizationAndACredibleStart() {
    assertThat(unusable(CALL, SomeOrganizations.ANYBODYS).fault())
        .isEqualTo(Fault.UNKNOWN_ORGANIZATION);
    Unusable early = unusable(CALL.replace("2024-06-11T09:00", "1999-06-11T09:00"), PARIS);
    assertThat(early.violations().get(0).message()).startsWith("StartEpoch must be");
    assertThat(early.uuid()).isEqualTo(CallflowDialect.uuid(SomeOrganizations.PARIS, 77));
  }

  private static Cdr cdr(String text) {
    return ReadBack.proven(normalize(text, PARIS)).cdr();
  }

  private static byte[] hash(String text) {
    return ReadBack.proven(normalize(text, PARIS)).contentHash();
  }

  private static Unusable unusable(String text, Caller caller) {
    return (Unusable) normalize(text, caller);
  }

  private static Normalization normalize(String text, Caller caller) {
    return DIALECT.normalize(new RawDocument(text.getBytes(UTF_8), null, null), caller);
  }
}
