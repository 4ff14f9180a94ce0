package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.waybill.testing.GatewaySink;
import org.waybill.testing.SampleCdr;
import org.waybill.testing.TestDatabase;
import org.waybill.testing.WaybillServer;

/** Two processes share one database, until one of them dies. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesIT {
  private static final int CDRS = 300;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern UUID_IN_BODY = Pattern.compile("\"uuid\":\"([0-9a-f-]{36})\"");
  private static final TestDatabase DATABASE = TestDatabase.fresh();

  /** Two storage gateways and one for analytics. */
  private static final List<GatewaySink> SINKS =
      List.of(new GatewaySink(), new GatewaySink(), new GatewaySink());

  private static final List<WaybillServer> NODES = List.of(node("node-1"), node("node-2"));

  @BeforeAll
  static void start() throws InterruptedException {
    DATABASE.execute(SampleCdr.ORGANIZATION);
    NODES.forEach(WaybillServer::start);
    String owners =
        "SELECT COUNT(DISTINCT node) FROM gateway_leases WHERE id_gateways <> 0"
            + " AND expires_at > UTC_TIMESTAMP(3)";
    assertThat(DATABASE.awaitCount(owners, 2, PATIENCE)).isEqualTo(2);
  }

  @AfterAll
  static void stop() {
    NODES.forEach(WaybillServer::close);
    SINKS.forEach(GatewaySink::close);
  }

  private static WaybillServer node(String name) {
    return WaybillServer.named(name)
        .on(DATABASE)
        .with("WAYBILL_STORAGE_GATEWAYS", SINKS.get(0).url() + "," + SINKS.get(1).url())
        .with("WAYBILL_ANALYTICS_GATEWAYS", SINKS.get(2).url().toString());
  }

  @Test
  @Order(1)
  void eachDeliveryIsSentOnceThoughBothNodesTakeCdrsAndBothSend() throws Exception {
    ExecutorService senders = Executors.newFixedThreadPool(8);
    List<Future<Integer>> answers =
        IntStream.range(0, CDRS)
            .mapToObj(i -> senders.submit(() -> post(NODES.get(i % 2), UUID.randomUUID())))
            .toList();
    for (Future<Integer> answer : answers) {
      assertThat(answer.get()).isIn(200, 201);
    }
    senders.shutdown();
    awaitAllDone();
    for (GatewaySink sink : SINKS) {
      assertThat(sink.received())
          .hasSize(CDRS)
          .extracting(GatewaySink.Received::key)
          .doesNotHaveDuplicates();
    }
    assertThat(DATABASE.count("SELECT COUNT(DISTINCT node) FROM attempts")).isEqualTo(2);
  }

  @Test
  @Order(2)
  void whatADeadNodeAcknowledgedIsSentByTheOther() throws Exception {
    Set<String> byDead = ConcurrentHashMap.newKeySet();
    Set<String> bySurvivor = ConcurrentHashMap.newKeySet();
    ExecutorService senders = Executors.newFixedThreadPool(8);
    for (int i = 0; i < 4; i++) {
      senders.execute(() -> sendUntilItIsGone(NODES.get(0), byDead));
      senders.execute(() -> sendUntilItIsGone(NODES.get(1), bySurvivor));
    }
    awaitSize(byDead, 100);
    NODES.get(0).killServerOnly();
    awaitSize(bySurvivor, bySurvivor.size() + 100);
    senders.shutdownNow();
    assertThat(senders.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

    awaitAllDone();
    Set<String> acknowledged = new HashSet<>(byDead);
    acknowledged.addAll(bySurvivor);
    for (GatewaySink sink : SINKS) {
      Map<String, Set<String>> keys = keysByCdr(sink);
      assertThat(keys).containsKeys(acknowledged.toArray(String[]::new));
      assertThat(keys.values()).allMatch(ofOne -> ofOne.size() == 1);
    }
  }

  private static void sendUntilItIsGone(WaybillServer node, Set<String> acknowledged) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        UUID uuid = UUID.randomUUID();
        if (Set.of(200, 201).contains(post(node, uuid))) {
          acknowledged.add(uuid.toString());
        }
      }
    } catch (UncheckedIOException | IllegalStateException e) {
      Thread.currentThread().interrupt(); // the kill, or the end of the test
    }
  }

  private static int post(WaybillServer node, UUID uuid) {
    return node.postCdr(SampleCdr.forGateways(uuid, 2, 1)).statusCode();
  }

  private static void awaitSize(Set<String> set, int least) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (set.size() < least && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(set).hasSizeGreaterThanOrEqualTo(least);
  }

  private static void awaitAllDone() throws InterruptedException {
    String undone = "SELECT COUNT(*) FROM tasks WHERE done <> 'y'";
    assertThat(DATABASE.awaitCount(undone, 0, PATIENCE)).isZero();
    assertThat(DATABASE.count("SELECT COUNT(*) FROM deliveries")).isZero();
  }

  private static Map<String, Set<String>> keysByCdr(GatewaySink sink) {
    return sink.received().stream()
        .collect(
            Collectors.groupingBy(
                TwoNodesIT::cdr, Collectors.mapping(TwoNodesIT::key, Collectors.toSet())));
  }

  private static String key(GatewaySink.Received received) {
    return Stream.of(received.key()).findFirst().orElseThrow();
  }

  private static String cdr(GatewaySink.Received received) {
    Matcher uuid = UUID_IN_BODY.matcher(received.body());
    assertThat(uuid.find()).as(received.body()).isTrue();
    return uuid.group(1);
  }
}
