package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.task.Priority;

/** The contract's table of answers, with real gateways and a real database. */
class DispatchTest {
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void deliversEachItemToItsGatewayOnceAndFinishesTheTask() {
    Sink storage = house.sink();
    Sink analytics = house.sink();
    house.gateway("storage", storage);
    house.gateway("analytics", analytics);
    house.start();
    long task = house.post(Priority.HIGH, 2, 1);
    house.awaitDone(task, "y");
    assertThat(storage.keys()).containsExactlyInAnyOrder(task + "-storage-0", task + "-storage-1");
    assertThat(analytics.keys()).containsExactly(task + "-analytics-0");
    assertThat(analytics.received().get(0).body())
        .contains("\"rmDispStoreItems\":2", "\"kind\":\"analytics\"", "\"priority\":\"high\"")
        .contains("\"billsec\":\"245\"");
    assertThat(house.one("SELECT COUNT(*) FROM deliveries")).isEqualTo("0");
    assertThat(
            house.one(
                "SELECT CONCAT_WS(' ', retry, waiting, failed, next_attempt IS NULL, node_index)"
                    + " FROM tasks"))
        .isEqualTo("0 0 0 1 1");
    assertThat(house.one("SELECT COUNT(*) FROM tasks_error")).isEqualTo("0");
    assertThat(house.one("SELECT GROUP_CONCAT(DISTINCT CONCAT(outcome, status)) FROM attempts"))
        .isEqualTo("delivered200");
  }

  @Test
  void takesAConflictWithOurKeyForDelivered() {
    Sink sink = house.sink();
    sink.answer(409);
    house.gateway("storage", sink);
    house.start();
    house.awaitDone(house.post(), "y");
  }

  @Test
  void retriesTransientFailuresOnTheScheduleAndThenFails() {
    Sink sink = house.sink();
    sink.answer(503);
    house.gateway("storage", sink);
    house.start();
    long task = house.post();
    house.awaitDone(task, "error");
    assertThat(sink.received()).extracting(Sink.Received::attempt).containsExactly(1, 2, 3);
    assertThat(sink.keys()).containsOnly(task + "-storage-0");
    assertThat(house.one("SELECT CONCAT_WS(' ', retry, waiting, failed) FROM tasks"))
        .isEqualTo("3 0 1");
    List<String> lines = List.of(house.one("SELECT description FROM tasks_error").split("\n", -1));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .matches("\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d] (?!Retry).*503.*");
    assertThat(lines.get(1)).matches("\\[.{19}] Retry 1: .*503.*");
    assertThat(lines.get(2)).matches("\\[.{19}] Retry 2: .*503.*");
    assertThat(house.one("SELECT first_error_date < last_error_date FROM tasks_error"))
        .isEqualTo("1");
    assertThat(house.one("SELECT GROUP_CONCAT(outcome ORDER BY attempt) FROM attempts"))
        .isEqualTo("retry,retry,failed");
  }

  @Test
  void keepsTheErrorsOfATaskThatSucceedsInTheEnd() {
    Sink sink = house.sink();
    sink.answer(r -> new Sink.Answer(r.attempt() == 1 ? 500 : 200, ""));
    house.gateway("storage", sink);
    house.start();
    long task = house.post();
    house.awaitDone(task, "y");
    assertThat(house.one("SELECT description FROM tasks_error")).contains("500");
    assertThat(house.one("SELECT CONCAT_WS(' ', retry, failed) FROM tasks")).isEqualTo("1 0");
  }

  @Test
  void waitsAsLongAsTheGatewayAsks() {
    Sink sink = house.sink();
    sink.answer(r -> new Sink.Answer(r.attempt() == 1 ? 429 : 200, "600"));
    house.gateway("storage", sink);
    house.start();
    long task = house.post();
    House.await(() -> house.one("SELECT retry FROM tasks").equals("1"));
    assertThat(
            house.one(
                "SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(3), next_attempt) BETWEEN 590 AND 600"
                    + " FROM tasks"))
        .isEqualTo("1");
    house.clock.leap(Duration.ofSeconds(601));
    house.awaitDone(task, "y");
  }

  @Test
  void failsAtOnceWhatTheGatewayRefuses() {
    Sink sink = house.sink();
    sink.answer(422);
    house.gateway("storage", sink);
    house.start();
    house.awaitDone(house.post(), "error");
    assertThat(sink.received()).hasSize(1);
    assertThat(house.one("SELECT retry FROM tasks")).isEqualTo("1");
    assertThat(house.one("SELECT response_head FROM attempts")).isEqualTo("answer 422");
  }

  @Test
  void usesNoAttemptWhenTheGatewayIsMisconfigured() {
    Sink sink = house.sink();
    sink.answer(401);
    house.gateway("storage", sink);
    house.start();
    long task = house.post();
    House.await(() -> house.one("SELECT state FROM gateway_circuits").equals("open"));
    House.await(() -> house.one("SELECT misconfigured FROM deliveries").equals("401"));
    assertThat(house.one("SELECT CONCAT_WS(' ', done, retry, waiting) FROM tasks"))
        .isEqualTo("n 0 1");
    assertThat(house.one("SELECT CONCAT_WS(' ', failures, sends, bound) FROM deliveries"))
        .isEqualTo("0 1 1");
    assertThat(house.one("SELECT COUNT(*) FROM tasks_error")).isEqualTo("0");
    assertThat(house.one("SELECT outcome FROM attempts")).isEqualTo("misconfigured");
    sink.answer(200);
    house.clock.leap(Duration.ofSeconds(20));
    house.awaitDone(task, "y");
    assertThat(house.one("SELECT retry FROM tasks")).isEqualTo("0");
  }

  @Test
  void failsTheOneThatStillGetsTheSameAnswerWhenOthersAreDelivered() {
    Sink sink = house.sink();
    house.gateway("storage", sink);
    long bad = house.post(Priority.HIGH, 1, 0);
    sink.answer(r -> new Sink.Answer(r.key().startsWith(bad + "-") ? 404 : 200, ""));
    house.start();
    House.await(() -> house.one("SELECT state FROM gateway_circuits").equals("open"));
    List<Long> good = List.of(house.post(), house.post(), house.post(), house.post());
    house.clock.leap(Duration.ofSeconds(11));
    good.forEach(task -> house.awaitDone(task, "y"));
    house.clock.leap(Duration.ofSeconds(10));
    house.awaitDone(bad, "error");
    assertThat(house.one("SELECT CONCAT_WS(' ', retry, failed) FROM tasks WHERE id = " + bad))
        .isEqualTo("1 1");
    assertThat(house.one("SELECT description FROM tasks_error")).contains("404");
    assertThat(house.one("SELECT state FROM gateway_circuits")).isEqualTo("closed");
  }

  @Test
  void usesNoAttemptsWhileAGatewayIsAway() {
    house.schedule = List.of(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofHours(1));
    URI nobody;
    try (Sink gone = new Sink()) {
      nobody = gone.url();
    }
    house.gateway("storage", nobody);
    house.start();
    for (int i = 0; i < 5; i++) {
      house.post();
    }
    House.await(() -> house.one("SELECT state FROM gateway_circuits").equals("open"));
    for (int i = 0; i < 100; i++) {
      house.post();
    }
    House.await(() -> house.one("SELECT COUNT(*) FROM attempts").equals("5"));
    house.clock.leap(Duration.ofSeconds(11));
    House.await(() -> house.one("SELECT trips FROM gateway_circuits").equals("2"));
    house.clock.leap(Duration.ofSeconds(21));
    House.await(() -> house.one("SELECT trips FROM gateway_circuits").equals("3"));
    // The circuit may be saved with an earlier batch of verdicts than the probe that changed it.
    House.await(() -> Integer.parseInt(house.one("SELECT COUNT(*) FROM attempts")) >= 7);
    assertThat(house.one("SELECT COUNT(*) FROM attempts")).as("5 and two probes").isEqualTo("7");
    assertThat(house.one("SELECT COUNT(*) FROM tasks WHERE done = 'n'")).isEqualTo("105");
  }

  @Test
  void delaysNoOtherGatewayWhenOneHangs() {
    house.timeout = Duration.ofSeconds(15);
    Sink hanging = house.sink();
    hanging.answer(r -> Sink.NONE);
    Sink healthy = house.sink();
    house.gateway("storage", hanging);
    house.gateway("analytics", healthy);
    house.start();
    long first = house.post(Priority.HIGH, 100, 0);
    House.await(() -> hanging.received().size() == 32);
    long second = house.post(Priority.LOW, 0, 50);
    house.awaitDone(second, "y");
    assertThat(house.done(first)).isEqualTo("n");
    assertThat(hanging.received()).hasSize(32);
  }

  @Test
  void failsWhatCannotBeBuiltWithoutHoldingUpTheOthers() {
    Sink sink = house.sink();
    house.gateway("storage", sink);
    long poison = house.post(Priority.HIGH, 1, 0);
    house.db.execute("UPDATE normalized_cdrs SET plain = '<cdr><data>'");
    long other = house.post();
    house.start();
    house.awaitDone(other, "y");
    house.awaitDone(poison, "error");
    assertThat(house.one("SELECT description FROM tasks_error"))
        .contains("Nothing could be sent", "WB-CDR-05");
  }

  @Test
  void sendsADocumentTooLongToBeReadAhead() {
    Sink sink = house.sink();
    house.gateway("storage", sink);
    long task = house.post();
    String name = "x".repeat(100_000);
    house.db.execute(
        "UPDATE normalized_cdrs SET plain = REPLACE(plain, '<billsec>', '<long>"
            + name
            + "</long><billsec>')");
    house.start();
    house.awaitDone(task, "y");
    assertThat(sink.received().get(0).body()).contains(name);
  }
}
