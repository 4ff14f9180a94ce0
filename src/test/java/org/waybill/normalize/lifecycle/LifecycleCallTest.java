package org.waybill.normalize.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleCallTest {
  private static final Instant START = Instant.parse("2026-11-21T11:00:00Z");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "sip:+905321234567@gw.example, +905321234567",
        "'\"Alice A.\" <sip:alice:secret@a.example;transport=tcp>;tag=1', alice",
        "<sips:4000@pbx.example:5061?x=1>, 4000",
        "tel:+1-(212) 555-0101;phone-context=x, +12125550101",
        "sip:*98%23@pbx, *98#",
        "sip:%2B4930@pbx, +4930",
        "1001, 1001",
        "'', nobody",
        "sip:@host, nobody",
        "sip:---@host, nobody",
      })
  void takesTheNumberFromTheUserPart(String uri, String number) {
    assertThat(SipNumber.of(uri, "nobody")).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({
    "sip:100@a, sip:200@a, INTERNAL",
    "sip:+905321234567@a, sip:4000@a, INBOUND",
    "sip:4000@a, sip:+905321234567@a, OUTBOUND",
    "sip:12345@a, sip:123456@a, OUTBOUND",
    "sip:123456@a, sip:12345@a, INBOUND",
    "sip:1234567@a, sip:7654321@a, INBOUND",
    "'', sip:4000@a, INBOUND",
  })
  void knowsTheDirectionByTheLengthOfNumbers(String from, String to, String direction) {
    LifecycleCall.Parties parties = new LifecycleCall.Parties(from, to);
    assertThat(call(parties, null, null, null).direction()).isEqualTo(direction);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "5, 65, normal_clearing_by_user, ANSWERED, UNKNOWN, 60",
        "-, 65, normal_clearing_by_user, NO_ANSWER, UNKNOWN, 0",
        "-, 65, normal_clearing, ANSWERED, CALLER, 0",
        "-, 0, normal_clearing, NO_ANSWER, CALLER, 0",
        "-, 9, busy, BUSY, UNKNOWN, 0",
        "-, 9, USER_BUSY, BUSY, UNKNOWN, 0",
        "-, 9, network_failure, FAILED, UNKNOWN, 0",
        "-, 9, system_terminated, ANSWERED, APP, 0",
        "-, 9, -, NO_ANSWER, UNKNOWN, 0",
        "70, 65, busy, ANSWERED, UNKNOWN, 0",
      })
  void judgesHowItEnded(
      @Nullable Integer answer,
      int end,
      @Nullable String reason,
      String disposition,
      String source,
      long billsec) {
    LifecycleCall call = call(null, answer, end, reason);
    assertThat(call.disposition()).isEqualTo(disposition);
    assertThat(call.hangupSource()).isEqualTo(source);
    assertThat(call.billsec()).isEqualTo(billsec);
    assertThat(call.duration()).isEqualTo(end);
  }

  private static LifecycleCall call(
      LifecycleCall.@Nullable Parties parties,
      @Nullable Integer answer,
      @Nullable Integer end,
      @Nullable String reason) {
    return new LifecycleCall(
        "c",
        null,
        parties,
        START,
        answer == null ? null : START.plusSeconds(answer),
        end == null ? null : new LifecycleCall.End(START.plusSeconds(end), reason),
        false,
        new LifecycleCall.Findings(null, null, List.of(), List.of()));
  }
}
