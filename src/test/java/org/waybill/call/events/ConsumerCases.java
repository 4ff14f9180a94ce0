package org.waybill.call.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.call.events.SomeEvents.call;
import static org.waybill.call.events.SomeEvents.json;
import static org.waybill.call.events.SomeEvents.started;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waybill.platform.Database;
import org.waybill.testing.Relay;
import org.waybill.testing.TestBroker;

/** Events on their way out of a broker, whichever it is. */
abstract class ConsumerCases {
  private static final int MOST_BYTES = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static int tests;

  final SomeCalls some = new SomeCalls();
  private final Relay relay = new Relay(some.db);
  private final TestBroker server;
  final Broker broker;
  private final List<Running> running = new ArrayList<>();

  /** A consumer on a thread of its own. */
  private record Running(Thread thread, CountDownLatch stopped) {
    void stop() throws InterruptedException {
      stopped.countDown();
      thread.join(PATIENCE.toMillis());
    }
  }

  ConsumerCases(TestBroker server) {
    this.server = server;
    this.broker = new Broker(server.url(), "test.events." + ++tests, "test.queue." + tests);
  }

  @BeforeEach
  void begin() {
    consume();
    await(() -> isDeclared(broker.queue()));
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Running one : running) {
      one.stop();
    }
    relay.close();
    some.close();
  }

  @Test
  void takesEventsInAnyOrderAndAcknowledgesThem() throws Exception {
    List<List<Message>> orders = new ArrayList<>();
    AssemblyTest.permute(call("c-1", "acme"), List.of(), orders);
    List<Message> all = new ArrayList<>();
    for (int i = 0; i < orders.size(); i++) {
      for (Message message : orders.get(i)) {
        all.add(ofCall(message, "c-" + i));
      }
    }
    Collections.shuffle(all, new Random(3));
    all.addAll(all.subList(0, 100));
    publish(all);
    await(() -> count("call_events") == 600);
    some.close(Duration.ofSeconds(6));

    assertThat(count("normalized_cdrs")).isEqualTo(120);
    assertThat(
            some.db.one(
                """
                SELECT COUNT(DISTINCT CONCAT_WS(' ', start_epoch, calling_number, called_number,
                  direction, hangup_cause, billsec, rmOrgID)) FROM normalized_cdrs
                """))
        .isEqualTo("1");
    assertAllAcknowledged();
  }

  @Test
  void keepsWhatIsNoEventAsRejectedAndAcknowledgesIt() throws Exception {
    publish(
        List.of(
            json("call.started", "rubbish"),
            started("c-1", "acme"),
            new Message(new byte[] {1, 2, 3, (byte) 0xFF}, null, "call.ended")));
    await(() -> count("rejected_cdrs") == 2 && count("call_events") == 1);
    assertThat(some.db.one("SELECT CONCAT_WS(' ', source, reason, body) FROM rejected_cdrs"))
        .isEqualTo("lifecycle NOT_WELL_FORMED rubbish");
    assertAllAcknowledged();
  }

  @Test
  void putsAsideWhatIsLargerThanAnyDocument() throws Exception {
    publish(List.of(json("x", " ".repeat(MOST_BYTES + 1)), started("c-1", "acme")));
    await(() -> server.waiting(broker.failed()) == 1);
    await(() -> count("call_events") == 1);
    assertAllAcknowledged();
  }

  @Test
  void usesWhatOthersHaveDeclared() throws Exception {
    stop();
    Broker others = new Broker(server.url(), "others.events", "others.queue");
    try (Connection connection = server.connect();
        Channel channel = connection.createChannel()) {
      channel.exchangeDeclare("others.events", BuiltinExchangeType.TOPIC, true, false, Map.of());
      channel.queueDeclare("others.queue", true, false, false, Map.of("x-max-length", 100_000));
      channel.queueBind("others.queue", "others.events", "call.*");
    }
    consume(others, some.db.database());
    SomeEvents.publish(server, "others.events", List.of(started("c-1", "acme")));
    await(() -> count("call_events") == 1);
  }

  @Test
  void holdsEventsWhileTheDatabaseIsAwayAndLosesNone() throws Exception {
    publish(calls(0, 20));
    await(() -> count("call_events") >= 50);
    relay.cut();
    publish(calls(20, 60));
    publish(List.of(json("x", " ".repeat(MOST_BYTES + 1))));
    Thread.sleep(1_000);
    relay.mend();
    publish(calls(60, 80));
    await(() -> count("call_events") == 400);
    assertAllAcknowledged();
    assertThat(server.waiting(broker.failed())).isEqualTo(1);
    assertThat(count("rejected_cdrs")).isZero();
  }

  @Test
  void sharesEventsWithAnotherNode() throws Exception {
    consume();
    publish(calls(0, 100));
    await(() -> count("call_events") == 500);
    some.close(Duration.ofSeconds(6));
    assertThat(count("normalized_cdrs")).isEqualTo(100);
    assertAllAcknowledged();
  }

  static List<Message> calls(int from, int to) {
    List<Message> all = new ArrayList<>();
    for (int i = from; i < to; i++) {
      all.addAll(call("c-" + i, "acme"));
    }
    return all;
  }

  private static Message ofCall(Message message, String callId) {
    return json(message.routingKey(), new String(message.body(), UTF_8).replace("c-1", callId));
  }

  private void consume() {
    consume(broker, relay.database());
  }

  private void consume(Broker from, Database database) {
    CountDownLatch stopped = new CountDownLatch(1);
    EventStore store =
        new EventStore(
            database,
            new Owner(some.records.some.organizations, Optional.of(1001)),
            SomeCalls.PATIENCE,
            some.clock);
    EventIntake intake =
        new EventIntake(store, some.records.some.keeping, some.clock, some.metrics);
    Thread thread = new Thread(new EventConsumer(from, intake, MOST_BYTES, some.metrics, stopped));
    thread.start();
    running.add(new Running(thread, stopped));
  }

  private void stop() throws InterruptedException {
    for (Running one : running) {
      one.stop();
    }
    running.clear();
  }

  final void publish(List<Message> messages) throws Exception {
    SomeEvents.publish(server, broker.exchange(), messages);
  }

  /** What was handed out and not acknowledged would be back in the queue. */
  final void assertAllAcknowledged() throws InterruptedException {
    stop();
    assertThat(server.waiting(broker.queue())).isZero();
  }

  private boolean isDeclared(String queue) {
    try (Connection connection = server.connect()) {
      connection.createChannel().queueDeclarePassive(queue);
      return connection.createChannel().consumerCount(queue) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  final int count(String table) {
    return some.db.count("SELECT COUNT(*) FROM " + table);
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
