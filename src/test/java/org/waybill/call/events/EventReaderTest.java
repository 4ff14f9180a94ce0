package org.waybill.call.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.waybill.call.events.SomeEvents.START;
import static org.waybill.call.events.SomeEvents.fields;
import static org.waybill.call.events.SomeEvents.json;
import static org.waybill.call.events.SomeEvents.protobuf;

import java.time.Instant;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EventReaderTest {
  @Test
  void readsTheStartOfACallAsJson() throws UnreadableEvent {
    CallEvent event = EventReader.read(SomeEvents.started("c-1", "acme"));
    assertThat(event.type()).isEqualTo("call.started");
    assertThat(event.kind()).isEqualTo(EventKind.STARTED);
    assertThat(event.callId()).isEqualTo("c-1");
    assertThat(event.at()).isEqualTo(START);
    assertThat(event.said(EventField.TENANT)).isEqualTo("acme");
    assertThat(event.said(EventField.FROM)).contains("+905321234567@gw.example");
    assertThat(event.said(EventField.TO)).isEqualTo("sip:4000@pbx.example");
  }

  @Test
  void readsWhatTheFirstPublishersCalledOtherwise() throws UnreadableEvent {
    CallEvent event =
        EventReader.read(
            json(
                "x",
                "{\"eventType\":\"call.started\",\"callId\":\"c\",\"from\":\"sip:1@a\",\"to\":\"sip:2@a\","
                    + "\"dialplanResolution\":null}"));
    assertThat(event.said())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                EventField.FROM,
                "sip:1@a",
                EventField.TO,
                "sip:2@a",
                EventField.TRANSFERRED_TO,
                "sip:2@a"));
    assertThat(event.at()).isNull();
  }

  @Test
  void readsUsersNumbersAndTimesWithOffset() throws UnreadableEvent {
    CallEvent user = EventReader.read(SomeEvents.identified("c", "acme"));
    assertThat(user.said(EventField.USER)).isEqualTo("u-7");
    assertThat(user.said(EventField.CONTACT)).isEqualTo("42");
    assertThat(user.said(EventField.TENANT)).isEqualTo("acme");
    CallEvent end = EventReader.read(SomeEvents.ended("c", "busy"));
    assertThat(end.at()).isEqualTo(Instant.parse("2026-11-21T11:01:05.900Z"));
    assertThat(end.said(EventField.REASON)).isEqualTo("busy");
  }

  @Test
  void takesTheTypeFromTheRoutingKeyWhereTheEventHasNone() throws UnreadableEvent {
    CallEvent event = EventReader.read(SomeEvents.recording("c"));
    assertThat(event.kind()).isEqualTo(EventKind.RECORDED);
    assertThat(event.said(EventField.RECORDING)).isEqualTo("s3://recordings/c.wav");
  }

  @Test
  void readsTheMessagesOfTheirOwn() throws UnreadableEvent {
    CallEvent start =
        EventReader.read(
            protobuf(
                "call.started",
                fields()
                    .text(3, "c-2")
                    .text(4, "sip:100@a")
                    .text(5, "sip:200@a")
                    .time(6, START)
                    .message(7, fields().text(1, "plan").text(2, "acme"))
                    .message(8, fields().text(1, "192.0.2.1:1").number(2, 10_000))));
    assertThat(start.callId()).isEqualTo("c-2");
    assertThat(start.at()).isEqualTo(START);
    assertThat(start.said())
        .containsEntry(EventField.TENANT, "acme")
        .containsEntry(EventField.FROM, "sip:100@a")
        .containsEntry(EventField.TO, "sip:200@a");
    CallEvent user =
        EventReader.read(
            protobuf(
                "user.identified.for_call",
                fields()
                    .text(3, "c-2")
                    .time(4, START)
                    .message(5, fields().text(1, "u-1").text(2, "Alice").text(3, "acme"))
                    .message(6, fields().number(1, 7))));
    assertThat(user.said())
        .isEqualTo(
            Map.of(EventField.USER, "u-1", EventField.TENANT, "acme", EventField.CONTACT, "7"));
    CallEvent recording =
        EventReader.read(
            protobuf(
                "call.recording.available",
                fields().text(3, "c-2").time(4, START).text(5, "").text(6, "https://r/1")));
    assertThat(recording.said(EventField.RECORDING)).isEqualTo("https://r/1");
    CallEvent end =
        EventReader.read(
            protobuf("call.ended", fields().text(3, "c-2").time(4, START).text(5, "busy")));
    assertThat(end.said(EventField.REASON)).isEqualTo("busy");
  }

  @Test
  void readsAnAnswerAsAGenericEventWhoseTraceIsTheCall() throws UnreadableEvent {
    CallEvent named =
        EventReader.read(
            protobuf(
                "call.answered",
                fields().time(3, START).text(4, "acme").text(5, "{\"callId\":\"c-3\"}")));
    assertThat(named.kind()).isEqualTo(EventKind.ANSWERED);
    assertThat(named.callId()).isEqualTo("c-3");
    assertThat(named.at()).isEqualTo(START);
    assertThat(named.said(EventField.TENANT)).isEqualTo("acme");
    CallEvent bare = EventReader.read(protobuf("call.answered", fields().time(3, START)));
    assertThat(bare.callId()).isEqualTo("trace-1");
    CallEvent timeless = EventReader.read(protobuf("call.answered", fields()));
    assertThat(timeless.callId()).isEqualTo("trace-1");
    assertThat(timeless.at()).isNull();
  }

  @Test
  void readsBothSpellingsOfAnIdentifiedUserInBothMessages() throws UnreadableEvent {
    for (String type : new String[] {"user.identified.for_call", "user.identified.for.call"}) {
      CallEvent own =
          EventReader.read(
              protobuf(type, fields().text(3, "c").message(5, fields().text(1, "u-1"))));
      CallEvent generic =
          EventReader.read(
              protobuf(
                  type, fields().time(3, START).text(5, "{\"callId\":\"c\",\"userId\":\"u-1\"}")));
      assertThat(own.kind()).isEqualTo(EventKind.IDENTIFIED);
      assertThat(own.said(EventField.USER)).isEqualTo("u-1");
      assertThat(generic.kind()).isEqualTo(EventKind.IDENTIFIED);
      assertThat(generic.callId()).isEqualTo("c");
      assertThat(generic.said(EventField.USER)).isEqualTo("u-1");
    }
  }

  @Test
  void takesEventsOfUnknownTypesThatNameACall() throws UnreadableEvent {
    CallEvent json = EventReader.read(json("call.held", "{\"callId\":\"c\"}"));
    assertThat(json.type()).isEqualTo("call.held");
    assertThat(json.kind()).isEqualTo(EventKind.OTHER);
    CallEvent generic = EventReader.read(protobuf("call.held", fields().time(3, START)));
    assertThat(generic.kind()).isEqualTo(EventKind.OTHER);
    assertThat(generic.callId()).isEqualTo("trace-1");
  }

  @Test
  void saysWhatIsWrongWithWhatIsNoEvent() {
    assertUnreadable("{\"eventType\":\"call.started\"", "not a JSON object");
    assertUnreadable("{\"eventType\":\"call.started\"}", "names no call");
    assertUnreadable("{\"callId\":\"c\"} {}", "not a JSON object");
    assertUnreadable("[1]", "not a JSON object");
    assertUnreadable("rubbish", "not a JSON object");
    assertUnreadable("", "not a JSON object");
    assertUnreadable("{\"callId\":\"c\",\"timestamp\":\"yesterday\"}", "'yesterday'");
    assertUnreadable("{\"callId\":\"c\",\"timestamp\":\"+999999-01-01T00:00:00Z\"}", "credible");
    assertUnreadable("{\"callId\":\"" + "c".repeat(513) + "\"}", "at most 512");
    assertThatThrownBy(() -> EventReader.read(new Message("rubbish".getBytes(UTF_8), null, "x")))
        .isInstanceOf(UnreadableEvent.class)
        .hasMessageContaining("neither JSON nor");
    assertThatThrownBy(() -> EventReader.read(new Message(new byte[0], null, "x")))
        .isInstanceOf(UnreadableEvent.class);
  }

  /** Any bytes are an event or unreadable, and never anything else. */
  @Property(tries = 2_000)
  void neverFailsOtherwise(@ForAll("bodies") byte[] body) {
    try {
      assertThat(EventReader.read(new Message(body, null, "call.started")).callId()).isNotBlank();
    } catch (UnreadableEvent e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<byte[]> bodies() {
    Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
    Arbitrary<byte[]> damaged =
        Arbitraries.integers()
            .between(0, 10_000)
            .map(
                seed -> {
                  Random random = new Random(seed);
                  byte[] body =
                      random.nextBoolean()
                          ? SomeEvents.started("c", "t").body()
                          : protobuf(
                                  "call.ended",
                                  fields().text(3, "c").time(4, START).text(5, "busy"))
                              .body();
                  for (int i = random.nextInt(4); i >= 0; i--) {
                    body[random.nextInt(body.length)] = (byte) random.nextInt();
                  }
                  return body;
                });
    return Arbitraries.oneOf(any, damaged);
  }

  private static void assertUnreadable(String body, String why) {
    assertThatThrownBy(() -> EventReader.read(json("call.started", body)))
        .isInstanceOf(UnreadableEvent.class)
        .hasMessageContaining(why);
  }
}
