package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.NewCdr;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Variable;
import org.waybill.task.AmendedTask;
import org.waybill.task.Amendments;
import org.waybill.task.Field;
import org.waybill.task.Gateway;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;
import org.waybill.testing.AuditLines;

/** CDR reports to a consumer over HTTP. */
class ReportsTest {
  private static final NewTask TASK =
      new NewTask("CDRReport", Priority.MEDIUM, List.of(), "<task type=\"CDRReport\"/>");

  private final House house = new House();
  private final Sink sink = house.sink();
  private final Consumer consumer = new Consumer();
  private final Gateway gateway = house.gateway("report", sink);

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void tellsAConsumerOfCallsInTheDocumentedShape() {
    sink.answer(consumer);
    house.start();
    NewCdr whole =
        house.cdr(
            new Variable("call_id", "17"),
            new Variable("caller_id_number", "+33123"),
            new Variable("call_direction", "inbound"),
            new Variable("scenario_id", "s1"),
            new Variable("duration", "90"),
            new Variable("billsec", "60"),
            new Variable("operator_id", "4"),
            new Variable("operator_name", "Ann"),
            new Variable("call_result", "done"),
            new Variable("number_of_connections", "2"),
            new Variable("number_of_events", "6"));
    NewCdr bare = house.cdr(new Variable("call_id", "18"));
    long start = whole.cdr().startEpoch();
    List<Long> tasks = house.post(List.of(TASK, TASK), List.of(whole, bare));
    house.awaitDone(tasks.get(1), "y");
    assertThat(consumer.bodies())
        .containsExactly(
            ("[{'call_id':17,'initiator_phone':'+33123','call_type':'inbound','scenario_id':'s1',"
                    + "'start_time':'%s','end_time':'%s','duration_seconds':90,'operator_id':4,"
                    + "'operator_name':'Ann','call_result':'done','number_of_connections':2,"
                    + "'number_of_events':6},"
                    + "{'call_id':18,'initiator_phone':'','call_type':'','scenario_id':'',"
                    + "'start_time':'%s','end_time':'%s','duration_seconds':0,'operator_id':null,"
                    + "'operator_name':null,'call_result':null,'number_of_connections':0,"
                    + "'number_of_events':0}]")
                .formatted(
                    Instant.ofEpochSecond(start),
                    Instant.ofEpochSecond(start + 90),
                    Instant.ofEpochSecond(bare.cdr().startEpoch()),
                    Instant.ofEpochSecond(bare.cdr().startEpoch()))
                .replace('\'', '"'));
    assertThat(consumer.keys()).containsExactly("report-" + gateway.id() + "-1");
    assertThat(history()).containsExactly("report delivered 200", "report delivered 200");
    nothingIsLeft();
  }

  @Test
  void sendsAFullBatchAtOnceAndTheRestAfterTheInterval() {
    house.pace = new ReportPace(Duration.ofHours(1), 10);
    sink.answer(consumer);
    house.start();
    report(0, 25);
    House.await(() -> consumer.calls().size() == 20);
    assertThat(consumer.keys()).hasSize(2);
    house.clock.leap(Duration.ofMinutes(59));
    assertThat(consumer.calls()).hasSize(20);
    house.clock.leap(Duration.ofMinutes(1));
    House.await(() -> consumer.calls().size() == 25);
    assertThat(consumer.keys()).hasSize(3);
  }

  @Test
  void reportsEachRecordOnceThroughAnOutageOfTheConsumer() {
    house.pace = new ReportPace(Duration.ofMillis(20), 10);
    house.schedule = Collections.nCopies(50, Duration.ofMillis(30));
    sink.answer(503);
    house.start();
    for (int from = 0; from < 100; from += 20) {
      int batches = sink.received().size();
      report(from, 20);
      House.await(() -> sink.received().size() > batches);
    }
    sink.answer(consumer);
    House.await(
        () -> {
          house.clock.leap(Duration.ofSeconds(10)); // the circuit is open
          return consumer.calls().size() == 100;
        });
    assertThat(new HashSet<>(consumer.calls())).hasSize(100);
    House.await(() -> house.one("SELECT COUNT(*) FROM tasks WHERE done <> 'y'").equals("0"));
    assertThat(consumer.differing()).isEmpty();
    assertThat(house.one("SELECT MAX(retry) > 0 FROM tasks")).isEqualTo("1");
    nothingIsLeft();
  }

  @Test
  void sendsTheSameBatchUnderTheSameKeyWhenItsSenderDied() {
    sink.answer(
        request -> {
          consumer.apply(request);
          return Sink.NONE; // It has it, but nobody hears of that.
        });
    House.Node dead = house.start();
    report(0, 30);
    House.await(() -> consumer.calls().size() == 30);
    dead.freeze();
    report(30, 5);
    sink.answer(consumer);
    house.start();
    House.await(() -> house.one("SELECT COUNT(*) FROM tasks WHERE done <> 'y'").equals("0"));
    assertThat(consumer.calls()).containsExactlyElementsOf(IntStream.range(0, 35).boxed().toList());
    assertThat(consumer.differing()).isEmpty();
    assertThat(sink.keys().get(0)).isEqualTo(sink.keys().get(1));
    nothingIsLeft();
  }

  @Test
  void halvesABatchUntilTheBadRecordIsAlone() {
    sink.answer(consumer);
    house.start();
    List<NewTask> tasks = new ArrayList<>();
    List<NewCdr> cdrs = new ArrayList<>();
    for (int call = 0; call < 100; call++) {
      tasks.add(TASK);
      cdrs.add(house.cdr(new Variable("call_id", call == 63 ? "no number" : "" + call)));
    }
    List<Long> ids = house.post(tasks, cdrs);
    House.await(() -> house.one("SELECT COUNT(*) FROM tasks WHERE done = 'n'").equals("0"));
    assertThat(house.done(ids.get(63))).isEqualTo("error");
    assertThat(house.one("SELECT COUNT(*) FROM tasks WHERE done = 'y'")).isEqualTo("99");
    assertThat(consumer.calls()).hasSize(99).doesNotHaveDuplicates().doesNotContain(63);
    assertThat(house.one("SELECT description FROM tasks_error")).contains("HTTP 422");
    assertThat(house.one("SELECT MAX(retry) FROM tasks WHERE done = 'y'")).isEqualTo("0");
    nothingIsLeft();
    house.clock.leap(Duration.ofSeconds(1));
    house.tasks.rerun(ids.get(63), false, AuditLines.any());
    House.await(() -> house.done(ids.get(63)).equals("error") && attempts(ids.get(63)) == 9);
  }

  @Test
  void failsAWholeBatchOnlyForWhatIsNotInIt() {
    house.schedule = List.of();
    sink.answer(405);
    house.start();
    report(0, 10);
    House.await(() -> house.one("SELECT COUNT(*) FROM tasks WHERE done = 'error'").equals("10"));
    assertThat(sink.received()).hasSize(1);
    sink.answer(consumer);
    house.tasks.rerun(1, false, AuditLines.any());
    house.awaitDone(1, "y");
    assertThat(consumer.calls()).hasSize(1);
    assertThat(consumer.keys()).containsExactly("report-" + gateway.id() + "-2");
  }

  @Test
  void waitsWithoutUsingAttemptsWhileTheConsumerIsMisconfigured() {
    sink.answer(401);
    house.start();
    report(0, 3);
    House.await(() -> house.one("SELECT state FROM gateway_circuits").equals("open"));
    sink.answer(consumer);
    house.clock.leap(Duration.ofSeconds(16));
    House.await(() -> consumer.calls().size() == 3);
    House.await(() -> house.one("SELECT COUNT(*) FROM tasks WHERE done <> 'y'").equals("0"));
    assertThat(sink.keys().get(0)).isEqualTo(sink.keys().get(1));
    assertThat(house.one("SELECT MAX(retry) FROM tasks")).isEqualTo("0");
  }

  @Test
  void doesNotReportAgainWhatWasCancelledAndRunAgainWhileItWasOnItsWay() {

    sink.answer(request -> Sink.NONE);
    House.Node dead = house.start();
    report(0, 2);
    House.await(() -> sink.received().size() == 1);
    house.tasks.cancel(1, AuditLines.any());
    house.tasks.rerun(1, false, AuditLines.any());
    house.tasks.cancel(2, AuditLines.any());
    dead.freeze();
    sink.answer(consumer);
    house.start();
    house.awaitDone(1, "y");
    assertThat(consumer.calls()).containsExactly(0, 1);
    assertThat(house.done(2)).isEqualTo("cancelled");
    nothingIsLeft();
  }

  @Test
  void reportsARecordAgainThatChangedWhileItWasOnItsWay() {
    sink.answer(request -> Sink.NONE);
    House.Node dead = house.start();
    report(0, 2);
    House.await(() -> sink.received().size() == 1);
    TableSuffix day = TableSuffix.parse(house.one("SELECT TableSuffix FROM tasks WHERE id = 1"));
    Amendments amendments = new Amendments(house.gateways, house.clock);
    house.database.transact(
        "amend",
        connection ->
            amendments.amend(connection, List.of(new AmendedTask(1, 1, day, 1001, TASK, true))));
    dead.freeze();
    sink.answer(consumer);
    house.start();
    // The batch may be recorded after any one leap, and the change is looked for by the clock.
    House.await(
        () -> {
          house.clock.leap(Duration.ofSeconds(10));
          return house.done(1).equals("y");
        });
    assertThat(consumer.calls()).containsExactly(0, 1, 0);
    assertThat(house.one("SELECT payload_version FROM attempts WHERE id_tasks = 1")).isEqualTo("2");
    nothingIsLeft();
  }

  @Test
  void sharesConsumersAmongNodesAndHandsThemOver() {
    house.pace = new ReportPace(Duration.ofMillis(20), 7);
    Sink another = house.sink();
    Consumer second = new Consumer();
    Gateway other = house.gateway("report", another);
    sink.answer(consumer);
    another.answer(second);
    House.Node one = house.start();
    house.start();
    NewTask toTheOther =
        new NewTask(
            "CDRReport",
            Priority.LOW,
            List.of(new Field("consumer", "" + other.id())),
            "<task type=\"CDRReport\"><consumer>" + other.id() + "</consumer></task>");
    for (int round = 0; round < 5; round++) {
      report(round * 20, 20);
      List<NewCdr> cdrs =
          IntStream.range(round * 10, round * 10 + 10).mapToObj(this::call).toList();
      house.post(Collections.nCopies(10, toTheOther), cdrs);
    }
    one.stop();
    report(100, 20);
    House.await(() -> house.one("SELECT COUNT(*) FROM tasks WHERE done <> 'y'").equals("0"));
    assertThat(consumer.calls()).hasSize(120).doesNotHaveDuplicates();
    assertThat(second.calls()).hasSize(50).doesNotHaveDuplicates();
    nothingIsLeft();
  }

  @Test
  void waitsWhileItIsPausedAndGoesOnWhenItIsResumed() {
    sink.answer(consumer);
    house.gateways.pause(gateway.id(), AuditLines.any());
    house.start();
    report(0, 3);
    house.clock.leap(Duration.ofSeconds(5));
    assertThat(sink.received()).isEmpty();
    house.gateways.resume(gateway.id(), AuditLines.any());
    house.clock.leap(Duration.ofSeconds(2));
    House.await(() -> consumer.calls().size() == 3);
  }

  private void report(int from, int calls) {
    house.post(
        Collections.nCopies(calls, TASK),
        IntStream.range(from, from + calls).mapToObj(this::call).toList());
  }

  private NewCdr call(int id) {
    return house.cdr(new Variable("call_id", Integer.toString(id)));
  }

  private int attempts(long task) {
    return Integer.parseInt(house.one("SELECT COUNT(*) FROM attempts WHERE id_tasks = " + task));
  }

  private List<String> history() {
    return List.of(
        house
            .one(
                "SELECT GROUP_CONCAT(CONCAT_WS(' ', kind, outcome, status) SEPARATOR ';') FROM attempts")
            .split(";", -1));
  }

  private void nothingIsLeft() {
    assertThat(
            house.one(
                "SELECT (SELECT COUNT(*) FROM report_batches) + (SELECT COUNT(*) FROM report_members)"
                    + " + (SELECT COUNT(*) FROM deliveries)"))
        .isEqualTo("0");
  }
}
