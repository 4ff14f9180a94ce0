package org.waybill.call.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.waybill.normalize.callflow.CallflowDialect;
import org.waybill.testing.LeapingClock;

/** From the platform to the CDRs. */
class AssemblerTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Path SAMPLES = Path.of("../shared/samples/callflow");

  private final LeapingClock clock = new LeapingClock(NOON);
  private final FeedServer server = new FeedServer();
  private final SomeFeeds feeds = new SomeFeeds(server.url(), clock, 10);

  @AfterEach
  void close() {
    feeds.close();
    server.close();
  }

  @Test
  void makesACdrOfEachCallOfThePlatform() throws InterruptedException {
    server.withFixtures();
    feeds.pollAll();
    feeds.assemble();

    assertThat(cdrs()).isEqualTo(20);
    assertThat(feeds.count("SELECT COUNT(*) FROM feed_calls WHERE state = 'stored'")).isEqualTo(20);
    assertThat(feeds.one("SELECT HEX(uuid) FROM feed_calls WHERE call_id = 501"))
        .isEqualToIgnoringCase(CallflowDialect.uuid(1001, 501).toString().replace("-", ""));
    assertThat(variables(501, "call_id", "call_direction", "caller_id_number", "scenario_id"))
        .containsExactly("501", "inbound", "+442079460000", "flow-00");
    assertThat(variables(501, "number_of_connections", "number_of_events", "call_result"))
        .containsExactly("2", "6", "unresolved");
    assertThat(variables(501, "duration", "billsec", "operator_id", "operator_name"))
        .containsExactly("1094", "1071", "9", "Ivo Sand");
    assertThat(feeds.variable(507, "billsec")).isEqualTo("0");
    assertThat(feeds.one("SELECT GROUP_CONCAT(DISTINCT source, TableSuffix) FROM normalized_cdrs"))
        .isEqualTo("callflow20250310");
    assertThat(feeds.count("SELECT COUNT(*) FROM tasks")).isEqualTo(20);
  }

  @Test
  void makesTheSameOfTheOtherShape() throws InterruptedException {
    server.bare();
    server.put(
        Feed.CALLS,
        100,
        """
        {"id":100,"status":"COMPLETED","started_at":"2026-11-21T08:00:00Z",\
        "finished_at":"2026-11-21T08:05:00Z","caller_number":"+4930901820","callee_number":"54",\
        "user_id":3}\
        """);
    server.put(Feed.OPERATORS, 3, "{\"operator_id\":3,\"name\":\"Cleo Marsh\"}");
    feeds.pollAll();
    feeds.assemble();
    assertThat(variables(100, "caller_id_number", "destination_number", "call_result"))
        .containsExactly("+4930901820", "54", "COMPLETED");
    assertThat(variables(100, "duration", "operator_id", "operator_name"))
        .containsExactly("300", "3", "Cleo Marsh");
  }

  @Test
  void waitsForTheGraceAfterWhatWasLearntLast() throws InterruptedException {
    server.withFixtures();
    feeds.poll(Feed.CALLS);
    clock.leap(Duration.ofSeconds(4));
    feeds.poll(Feed.CALL_EVENTS, Feed.CONNECTIONS, Feed.OPERATORS);
    clock.leap(Duration.ofSeconds(4));
    feeds.assembler.run();
    assertThat(cdrs()).isZero();
    clock.leap(Duration.ofSeconds(1));
    feeds.assembler.run();
    assertThat(cdrs()).isEqualTo(20);
  }

  @Test
  void waitsForFeedsThatAreNotReadToTheirEndsButNotForOneThatFails() throws InterruptedException {
    server.withFixtures();
    feeds.poll(Feed.CALLS, Feed.CALL_EVENTS, Feed.CONNECTIONS);
    clock.leap(Duration.ofSeconds(30));
    feeds.assembler.run();
    assertThat(cdrs()).isZero();
    feeds.states.failed(Feed.OPERATORS);
    feeds.assembler.run();
    assertThat(cdrs()).isEqualTo(20);
  }

  @Test
  void amendsTheCdrWhenALatePieceComes() throws InterruptedException {
    server.withFixtures();
    feeds.pollAll();
    feeds.assemble();
    server.put(
        Feed.CONNECTIONS,
        900,
        "{\"connection_id\":900,\"call_id\":507,\"answered_at\":\"2025-03-10T06:59:00Z\"}");
    feeds.poll(Feed.CONNECTIONS);
    feeds.assemble();
    feeds.pollAll();
    feeds.assemble();

    assertThat(cdrs()).isEqualTo(20);
    assertThat(feeds.variable(507, "answer_epoch")).isEqualTo("1741589940");
    assertThat(feeds.count("SELECT SUM(version) FROM raw_cdrs")).isEqualTo(21);
    assertThat(feeds.count("SELECT SUM(payload_version) FROM tasks")).isEqualTo(21);
  }

  @Test
  void namesAnOperatorWhoIsKnownOnlyLater() throws InterruptedException {
    server.put(Feed.CALLS, 1, call(1, "\"2026-11-21T11:59:00Z\""));
    server.put(
        Feed.CALL_EVENTS,
        1,
        """
        {"event_id":1,"call_id":1,"event_type":"operator_assigned","payload":{"operator_id":8}}""");
    feeds.pollAll();
    feeds.assemble();
    assertThat(variables(1, "operator_id", "operator_name")).containsExactly("8", "none");
    server.put(Feed.OPERATORS, 8, "{\"operator_id\":8,\"name\":\"Hedda Lund\"}");
    feeds.poll(Feed.OPERATORS);
    feeds.assemble();
    assertThat(feeds.variable(1, "operator_name")).isEqualTo("Hedda Lund");
  }

  @Test
  void makesNothingOfPiecesBeforeTheirCallAndNothingOfACallBeforeItsEnd()
      throws InterruptedException {
    server.put(
        Feed.CALL_EVENTS, 1, "{\"event_id\":1,\"call_id\":1,\"event_type\":\"call_finished\"}");
    feeds.pollAll();
    feeds.assemble();
    assertThat(state(1)).isEqualTo("waiting");
    server.put(Feed.CALLS, 1, call(1, "null"));
    feeds.pollAll();
    feeds.assemble();
    assertThat(state(1)).isEqualTo("open");
    server.put(Feed.CALLS, 1, call(1, "\"2026-11-21T12:00:01Z\""));
    feeds.pollAll();
    feeds.assemble();
    assertThat(state(1)).isEqualTo("stored");
    assertThat(feeds.variable(1, "duration")).isEqualTo("601");
  }

  @Test
  void closesACallThatNeverEndsAndTakesAnEndThatStillComes() throws InterruptedException {
    server.put(Feed.CALLS, 1, call(1, "null"));
    feeds.pollAll();
    feeds.assemble();
    clock.leap(SomeFeeds.MAX_AGE);
    feeds.assemble();
    assertThat(state(1)).isEqualTo("unended");
    assertThat(variables(1, "call_state", "duration")).containsExactly("timed_out", "none");

    server.put(Feed.CALLS, 1, call(1, "\"2026-11-21T16:50:00Z\""));
    feeds.pollAll();
    feeds.assemble();
    assertThat(state(1)).isEqualTo("stored");
    assertThat(variables(1, "call_state", "duration")).containsExactly("none", "18000");
  }

  @Test
  void storesTheCallsOfAnOrganizationOnceThatIsThere() throws InterruptedException {
    feeds.organization(false);
    server.withFixtures();
    feeds.pollAll();
    feeds.assemble();
    assertThat(cdrs()).isZero();
    assertThat(
            feeds.count("SELECT COUNT(*) FROM rejected_cdrs WHERE reason = 'UNKNOWN_ORGANIZATION'"))
        .isEqualTo(20);
    feeds.organization(true);
    feeds.assemble();
    assertThat(cdrs()).isEqualTo(20);
    assertThat(
            feeds.db.awaitCount(
                "SELECT COUNT(*) FROM rejected_cdrs WHERE state = 'open'",
                0,
                Duration.ofSeconds(20)))
        .isZero();
  }

  @Test
  void recordsAgainWhatACrashLeftUnknownAndChangesNothing() throws InterruptedException {
    server.withFixtures();
    feeds.pollAll();
    feeds.assemble();
    feeds.db.execute("UPDATE feed_calls SET due_at = learnt_at, uuid = NULL, state = 'waiting'");
    feeds.assemble();
    assertThat(cdrs()).isEqualTo(20);
    assertThat(feeds.count("SELECT SUM(version) FROM raw_cdrs")).isEqualTo(20);
    assertThat(feeds.count("SELECT COUNT(uuid) FROM feed_calls")).isEqualTo(20);
    assertThat(feeds.count("SELECT COUNT(*) FROM rejected_cdrs")).isZero();
  }

  @Test
  void letsPiecesLeaveWithTheirCdrAndNotComeBack() throws InterruptedException {
    server.withFixtures();
    feeds.pollAll();
    feeds.assemble();
    clock.leap(Duration.ofDays(30));
    FeedRetention retention =
        new FeedRetention(feeds.db.database(), feeds.lease, Duration.ofDays(20), 500, clock);
    retention.run();
    assertThat(feeds.count("SELECT COUNT(*) FROM feed_items")).isEqualTo(184);
    feeds.db.execute(
        "DELETE FROM cdr_keys WHERE uuid = (SELECT uuid FROM feed_calls WHERE call_id = 501)");
    retention.run();
    assertThat(feeds.count("SELECT COUNT(*) FROM feed_items WHERE call_id = 501")).isZero();
    assertThat(feeds.count("SELECT COUNT(*) FROM feed_items")).isEqualTo(175);
    assertThat(state(501)).isEqualTo("left");
    feeds.pollAll();
    feeds.pollAll();
    assertThat(feeds.count("SELECT COUNT(*) FROM feed_items")).isEqualTo(175);
  }

  static boolean samplesAreThere() {
    return Files.isDirectory(SAMPLES);
  }

  @Test
  @EnabledIf("samplesAreThere")
  void makesTwentyCallsOfTheSamples() throws Exception {
    server.withItemsOf(SAMPLES);
    feeds.pollAll();
    feeds.assemble();
    assertThat(cdrs()).isEqualTo(20);
    assertThat(variables(1001, "duration", "billsec", "operator_name", "call_result"))
        .containsExactly("720", "655", "Alice Cooper", "resolved");
    assertThat(feeds.count("SELECT COUNT(*) FROM rejected_cdrs")).isZero();
  }

  private static String call(long id, String end) {
    return "{\"call_id\":%d,\"initiated_at\":\"2026-11-21T11:50:00Z\",\"finished_at\":%s}"
        .formatted(id, end);
  }

  private int cdrs() {
    return feeds.count("SELECT COUNT(*) FROM normalized_cdrs");
  }

  private String state(long call) {
    return feeds.one("SELECT state FROM feed_calls WHERE call_id = " + call);
  }

  private List<String> variables(long call, String... names) {
    return List.of(names).stream().map(name -> feeds.variable(call, name)).toList();
  }
}
