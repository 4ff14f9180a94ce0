package org.waybill.call.feed;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waybill.testing.Client;
import org.waybill.testing.WaybillServer;

/** A platform, a real server that polls it, and what operators then see. */
@Tag("any-database")
class FeedIT {
  private static final int CALLS = 1_500;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final FeedServer platform = new FeedServer();
  private final WaybillServer server =
      WaybillServer.named("feeds")
          .with("WAYBILL_FEED_URL", platform.url().toString())
          .with("WAYBILL_FEED_ORG", "1001")
          .with("WAYBILL_FEED_INTERVAL", "PT0.2S")
          .with("WAYBILL_FEED_LIMIT", "50")
          .with("WAYBILL_CALL_GRACE", "PT0.3S");

  @AfterEach
  void stop() {
    server.close();
    platform.close();
  }

  @Test
  void makesEveryCallACdrOnceThoughItDiesInTheMiddle() throws InterruptedException {
    for (int i = 1; i <= 10; i++) {
      platform.put(Feed.OPERATORS, i, "{\"operator_id\":%d,\"name\":\"O%d\"}".formatted(i, i));
    }
    server.start();
    Client admin = Client.nobody(server.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD);
    admin.post("/api/organizations", "{\"id\":1001,\"name\":\"Some\"}");
    for (int call = 1; call <= CALLS; call++) {
      if (call == CALLS / 2) {
        awaitCdrs(100, server);
        server.kill();
        server.start();
      }
      put(call);
      if (call % 50 == 0) {
        Thread.sleep(20);
      }
    }
    awaitCdrs(CALLS, server);

    assertThat(calls(Client.nobody(server.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD)))
        .hasSize(CALLS);
    assertThat(server.database().count("SELECT COUNT(*) FROM normalized_cdrs")).isEqualTo(CALLS);
    assertThat(server.database().count("SELECT COUNT(*) FROM tasks")).isEqualTo(CALLS);
    assertThat(server.database().count("SELECT COUNT(*) FROM rejected_cdrs WHERE state = 'open'"))
        .isZero();
    assertThat(
            server
                .database()
                .awaitCount(
                    "SELECT COUNT(*) FROM normalized_cdrs WHERE xml LIKE"
                        + " '%<number_of_events>2</number_of_events>%<billsec>50</billsec>%'",
                    CALLS, PATIENCE))
        .isEqualTo(CALLS);
    assertThat(booked()).isEqualTo(CALLS);
    assertThat(server.get("/metrics").body())
        .contains("waybill_feed_failing{feed=\"calls\"} 0", "waybill_feed_items_total");
  }

  /** How many calls the balanced books of all days have. */
  private long booked() {
    Client admin = Client.nobody(server.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD);
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    return Stream.of(today.minusDays(1), today)
        .map(day -> admin.get("/api/audit/ledger?recompute=true&day=" + day).json())
        .peek(day -> assertThat(day.getBoolean("balanced")).as(day.toString()).isTrue())
        .flatMap(day -> day.getJsonArray("items").getValuesAs(JsonObject.class).stream())
        .filter(item -> item.getString("source").equals("callflow"))
        .mapToLong(item -> item.getInt("stored"))
        .sum();
  }

  private void put(int call) {
    String start = "2026-01-15T10:00:00Z";
    String end = "2026-01-15T10:01:00Z";
    platform.put(
        Feed.CALLS,
        call,
        """
        {"call_id":%d,"call_type":"inbound","initiator_phone":"+4420794%05d",\
        "initiated_at":"%s","finished_at":"%s"}"""
            .formatted(call, call, start, end));
    platform.put(
        Feed.CONNECTIONS,
        call,
        """
        {"connection_id":%d,"call_id":%d,"phone":"7","initiated_at":"%s",\
        "answered_at":"2026-01-15T10:00:10Z","finished_at":"%s"}"""
            .formatted(call, call, start, end));
    long event = 2L * call;
    platform.put(
        Feed.CALL_EVENTS,
        event,
        """
        {"event_id":%d,"call_id":%d,"event_type":"operator_assigned",\
        "payload":{"operator_id":%d}}"""
            .formatted(event, call, 1 + call % 10));
    platform.put(
        Feed.CALL_EVENTS,
        event + 1,
        """
        {"event_id":%d,"call_id":%d,"event_type":"call_finished","payload":{"status":"ok"}}"""
            .formatted(event + 1, call));
  }

  private static void awaitCdrs(int wanted, WaybillServer server) throws InterruptedException {
    String enough = "SELECT COUNT(*) >= %d FROM normalized_cdrs".formatted(wanted);
    assertThat(server.database().awaitCount(enough, 1, PATIENCE)).isEqualTo(1);
  }

  /** The uuids of all of them, as the list pages through them. */
  private static Set<String> calls(Client operator) {
    Set<String> uuids = new HashSet<>();
    String cursor = "";
    while (true) {
      JsonObject page = operator.get("/api/cdrs?orgId=1001&limit=400" + cursor).json();
      page.getJsonArray("items")
          .getValuesAs(JsonObject.class)
          .forEach(cdr -> assertThat(uuids.add(cdr.getString("uuid"))).isTrue());
      if (page.isNull("next")) {
        return uuids;
      }
      cursor = "&cursor=" + page.getString("next");
    }
  }
}
