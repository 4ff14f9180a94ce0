package org.waybill.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waybill.testing.GatewaySink;
import org.waybill.testing.TestDatabase;
import org.waybill.testing.WaybillServer;

/**
 * The power fails three times under load; nothing acknowledged is lost, nothing is sent as new
 * twice.
 */
@Tag("any-database")
class CrashIT {
  private static final int SENDERS = 8;
  private static final int ACKNOWLEDGED_BEFORE_EACH_KILL = 100;
  private static final Pattern UUID_IN_BODY = Pattern.compile("\"uuid\":\"([0-9a-f-]{36})\"");

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  @Test
  void everyAcknowledgedCdrIsThereOnceWithAllItsTasksDone() throws Exception {
    assumeTrue(TestDatabase.isEmbedded(), "The other database is not ours to kill.");
    try (GatewaySink storage = new GatewaySink();
        GatewaySink analytics = new GatewaySink();
        WaybillServer server = server(storage, analytics)) {
      server.start();
      server
          .database()
          .execute(
              "INSERT INTO organizations (id, name, created_at) VALUES (1001, 'Example', NOW(3))");
      for (int i = 0; i < 3; i++) {
        loadUntilKilled(server);
        server.start();
      }
      awaitDone(server);
      anOrphanedDatabaseIsEnded(server);
      assertStoredOnce(server);
      assertThat(keysOfEach(storage)).containsKeys(acknowledged.toArray(String[]::new));
      assertThat(keysOfEach(analytics)).containsKeys(acknowledged.toArray(String[]::new));
      assertThat(keysOfEach(storage).values()).allMatch(keys -> keys.size() == 1);
      assertThat(keysOfEach(analytics).values()).allMatch(keys -> keys.size() == 1);
    }
  }

  private static WaybillServer server(GatewaySink storage, GatewaySink analytics) {
    return WaybillServer.named("crash")
        .with("WAYBILL_STORAGE_GATEWAYS", storage.url().toString())
        .with("WAYBILL_ANALYTICS_GATEWAYS", analytics.url().toString())
        .with("WAYBILL_RETRY_SCHEDULE", "PT1S" + ",PT1S".repeat(30));
  }

  private void loadUntilKilled(WaybillServer server) throws InterruptedException {
    int before = acknowledged.size();
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    for (int i = 0; i < SENDERS; i++) {
      senders.execute(() -> send(server));
    }
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (acknowledged.size() < before + ACKNOWLEDGED_BEFORE_EACH_KILL
        && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    server.kill();
    senders.shutdownNow();
    assertThat(senders.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(acknowledged).hasSizeGreaterThan(before);
  }

  /** One sender: until the server is gone. */
  private void send(WaybillServer server) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        String uuid = UUID.randomUUID().toString();
        if (server.post("/api/cdrs", "application/xml", document(uuid)).statusCode() == 201) {
          acknowledged.add(uuid);
        }
      }
    } catch (UncheckedIOException | IllegalStateException e) {
      Thread.currentThread().interrupt(); // the kill, which ends this sender
    }
  }

  private static void anOrphanedDatabaseIsEnded(WaybillServer server) {
    ProcessHandle orphan = server.databaseProcess().orElseThrow();
    server.killServerOnly();
    assertThat(orphan.isAlive()).isTrue();
    server.start();
    assertThat(orphan.isAlive()).isFalse();
  }

  private static void awaitDone(WaybillServer server) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (count(server, "SELECT COUNT(*) FROM tasks WHERE done <> 'y'") > 0
        && System.nanoTime() < end) {
      Thread.sleep(100);
    }
    assertThat(count(server, "SELECT COUNT(*) FROM tasks WHERE done <> 'y'")).isZero();
    assertThat(count(server, "SELECT COUNT(*) FROM deliveries")).isZero();
  }

  private void assertStoredOnce(WaybillServer server) {
    List<String> stored = stored(server);
    assertThat(stored)
        .doesNotHaveDuplicates()
        .containsAll(acknowledged.stream().map(uuid -> uuid.replace("-", "")).toList());
    assertThat(count(server, "SELECT COUNT(*) FROM tasks")).isEqualTo(stored.size());
    assertThat(count(server, "SELECT COUNT(*) FROM tasks_data")).isEqualTo(stored.size());
  }

  private static List<String> stored(WaybillServer server) {
    return server
        .database()
        .database()
        .read(
            "read the CDRs",
            connection -> {
              List<String> uuids = new ArrayList<>();
              try (ResultSet rows =
                  connection
                      .createStatement()
                      .executeQuery("SELECT LOWER(HEX(uuid)) FROM normalized_cdrs")) {
                while (rows.next()) {
                  uuids.add(rows.getString(1));
                }
              }
              return uuids;
            });
  }

  private static Map<String, Set<String>> keysOfEach(GatewaySink sink) {
    return sink.received().stream()
        .collect(
            Collectors.groupingBy(
                CrashIT::uuid, Collectors.mapping(CrashIT::key, Collectors.toSet())));
  }

  private static String key(GatewaySink.Received received) {
    return Stream.of(received.key()).findFirst().orElseThrow();
  }

  private static String uuid(GatewaySink.Received received) {
    Matcher uuid = UUID_IN_BODY.matcher(received.body());
    assertThat(uuid.find()).as(received.body()).isTrue();
    return uuid.group(1);
  }

  private static int count(WaybillServer server, String sql) {
    return server
        .database()
        .database()
        .read(
            "count",
            connection -> {
              try (ResultSet row = connection.createStatement().executeQuery(sql)) {
                row.next();
                return row.getInt(1);
              }
            });
  }

  private static String document(String uuid) {
    return """
        <cdr><data><uuid>%s</uuid><TimeZoneOffset>0</TimeZoneOffset>
        <StartEpoch>1705312800</StartEpoch><TableSuffix>20240115</TableSuffix>
        <LegUUID>%s</LegUUID><rmOrgID>1001</rmOrgID><rmUserID>u</rmUserID>
        <variables><billsec>1</billsec></variables></data>
        <tasks><task type="CDRToSGAPI" priority="high">
        <rmDispStoreItems>1</rmDispStoreItems><rmAnalyticsItems>1</rmAnalyticsItems>
        </task></tasks></cdr>
        """
        .formatted(uuid, uuid);
  }
}
