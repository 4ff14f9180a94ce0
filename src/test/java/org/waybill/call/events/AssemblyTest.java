package org.waybill.call.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.call.events.SomeEvents.START;
import static org.waybill.call.events.SomeEvents.json;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.waybill.normalize.lifecycle.LifecycleCall;
import org.waybill.normalize.lifecycle.LifecycleDocument;

class AssemblyTest {
  @Test
  void putsACallTogether() {
    LifecycleCall call = call(false, SomeEvents.call("c-1", "acme"));
    assertThat(call.status()).isEqualTo(LifecycleCall.Status.COMPLETED);
    assertThat(call.tenant()).isEqualTo("acme");
    assertThat(call.start()).isEqualTo(START);
    assertThat(call.answer()).isEqualTo(START.plusSeconds(5));
    assertThat(call.duration()).isEqualTo(65);
    assertThat(call.billsec()).isEqualTo(60);
    assertThat(call.findings().userId()).isEqualTo("u-7");
    assertThat(call.findings().contactId()).isEqualTo("42");
    assertThat(call.findings().recordings()).containsExactly("s3://recordings/c-1.wav");
  }

  @Test
  void isTheSameInEveryOrder() {
    List<List<Message>> orders = new ArrayList<>();
    permute(SomeEvents.call("c-1", "acme"), List.of(), orders);
    assertThat(orders).hasSize(120);
    assertThat(orders.stream().map(order -> document(order)).distinct()).hasSize(1);
  }

  /** Even where events contradict each other. */
  @Property(tries = 300)
  void isTheSameInEveryOrderWhateverTheEventsSay(@ForAll("shuffled") List<Message> events) {
    List<Message> sorted = new ArrayList<>(events);
    sorted.sort((a, b) -> Arrays.compare(a.body(), b.body()));
    assertThat(document(events)).isEqualTo(document(sorted));
  }

  @Provide
  Arbitrary<List<Message>> shuffled() {
    List<Message> all = new ArrayList<>(SomeEvents.call("c-1", "acme"));
    all.addAll(SomeEvents.call("c-1", "globex"));
    all.add(SomeEvents.ended("c-1", "busy"));
    all.add(json("call.transferred", "{\"callId\":\"c-1\",\"toUri\":\"sip:9@a\",\"timestamp\":1}"));
    return Arbitraries.shuffle(all);
  }

  @Test
  void letsTheEarlierOfTwoCountAndOfUsersTheLast() {
    LifecycleCall call =
        call(
            false,
            List.of(
                event("call.ended", 30, "\"reason\":\"late\""),
                event("call.ended", 20, "\"reason\":\"busy\""),
                event("user.identified.for_call", 9, "\"userId\":\"second\""),
                event("user.identified.for_call", 5, "\"userId\":\"first\",\"tenantId\":\"b\""),
                event("call.started", 6, "\"tenantId\":\"a\",\"from\":\"sip:1@x\"")));
    assertThat(call.end()).isEqualTo(new LifecycleCall.End(START.plusSeconds(20), "busy"));
    assertThat(call.findings().userId()).isEqualTo("second");
    assertThat(call.tenant()).isEqualTo("a");
    assertThat(call.start()).isEqualTo(START.plusSeconds(6));
  }

  @Test
  void makesDoWithWhatItHas() {
    LifecycleCall call = call(true, List.of(event("call.answered", 3, "\"x\":1")));
    assertThat(call.status()).isEqualTo(LifecycleCall.Status.TIMED_OUT);
    assertThat(call.start()).isEqualTo(START.plusSeconds(3));
    assertThat(call.direction()).isNull();
    assertThat(call.disposition()).isEqualTo("ANSWERED");
    assertThat(call.billsec()).isNull();
    assertThat(Assembly.of(stored(List.of(event("call.held", 1, "\"x\":1"))), true)).isEmpty();
  }

  @Test
  void takesTheArrivalOfAnEventThatSaysNoTime() {
    LifecycleCall call = call(false, List.of(json("call.started", "{\"callId\":\"c-1\"}")));
    assertThat(call.start()).isEqualTo(START.plusSeconds(100));
  }

  private static Message event(String type, int second, String more) {
    return json(
        type,
        "{\"callId\":\"c-1\",\"timestamp\":\"%s\",%s}".formatted(START.plusSeconds(second), more));
  }

  private static LifecycleCall call(boolean timedOut, List<Message> messages) {
    return Assembly.of(stored(messages), timedOut).orElseThrow();
  }

  private static String document(List<Message> messages) {
    return new String(LifecycleDocument.write(call(false, messages)), UTF_8);
  }

  private static List<StoredEvent> stored(List<Message> messages) {
    Instant arrival = START.plusSeconds(100);
    List<StoredEvent> events = new ArrayList<>();
    for (Message message : messages) {
      try {
        events.add(new StoredEvent(events.size(), EventReader.read(message), arrival));
      } catch (UnreadableEvent e) {
        throw new IllegalArgumentException(e);
      }
    }
    return events;
  }

  static <T> void permute(List<T> left, List<T> done, List<List<T>> into) {
    if (left.isEmpty()) {
      into.add(done);
    }
    for (int i = 0; i < left.size(); i++) {
      List<T> rest = new ArrayList<>(left);
      List<T> more = new ArrayList<>(done);
      more.add(rest.remove(i));
      permute(rest, more, into);
    }
  }
}
