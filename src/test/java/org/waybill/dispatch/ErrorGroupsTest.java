package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.CdrStore;
import org.waybill.operation.Inline;
import org.waybill.report.ErrorGroup;
import org.waybill.report.ErrorGroup.Told;
import org.waybill.report.ErrorGroups;
import org.waybill.report.TaskSearch;
import org.waybill.task.ErrorUpkeep;
import org.waybill.task.Gateway;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;
import org.waybill.task.TaskFilter;
import org.waybill.task.TaskState;
import org.waybill.testing.AuditLines;

/** Groups of failures stay in step with the tasks, whatever happens to those. */
class ErrorGroupsTest {
  /** What the rows say, which the counts must say, too. */
  private static final String WRONG =
      """
      SELECT COUNT(*) FROM error_groups g WHERE
        failed <> (SELECT COUNT(*) FROM tasks_error e JOIN tasks t ON t.id = e.id_tasks
                    WHERE e.error_group = g.fingerprint AND e.id_gateways = g.id_gateways
                      AND t.done = 'error')
        OR waiting <> (SELECT COUNT(*) FROM tasks_error e JOIN tasks t ON t.id = e.id_tasks
                    WHERE e.error_group = g.fingerprint AND e.id_gateways = g.id_gateways
                      AND t.done = 'n')
      """;

  private static final String UNLIKE =
      "SELECT COUNT(*) FROM tasks_error e JOIN tasks t ON t.id = e.id_tasks WHERE t.done <> e.done";

  private final House house = new House();
  private final ErrorGroups groups = new ErrorGroups(house.database, house.clock);
  private final TaskSearch search = new TaskSearch(house.database, new CdrStore(house.clock));

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void groupsFailuresByCauseAndTellsThoseWithMostToBeDoneFirst() {
    Sink storage = house.sink();
    storage.answer(request -> new Sink.Answer(task(request) % 3 == 0 ? 422 : 400, ""));
    Gateway gateway = house.gateway("storage", storage);
    house.start();
    List<Long> tasks = house.post(many(30));
    awaitFailed(30);

    List<Told> told = groups.list(null, 10);
    assertThat(told).extracting(one -> one.group().count()).containsExactly(20L, 10L);
    Told first = told.get(0);
    assertThat(first.group().failed()).isEqualTo(20);
    assertThat(first.group().gateways()).containsExactly(gateway.id());
    assertThat(first.organizations()).containsExactly(1001);
    assertThat(first.taskTypes()).containsExactly("CDRToSGAPI");
    assertThat(first.sample().status()).isEqualTo(400);
    assertThat(first.sample().sentence()).startsWith("HTTP 400 from").endsWith("answer 400");
    assertThat(first.sample().head()).isEqualTo("answer 400");
    assertThat(tasks).contains(first.sample().task());
    assertThat(sum(first.trend().minutes())).isEqualTo(20);
    assertThat(first.trend().hours()).hasSize(24).endsWith(20L);
    assertThat(groups.list(first.group().fingerprint(), 10)).containsExactly(told.get(1));

    TaskFilter rarer = group(told.get(1), null);
    assertThat(search.list(rarer, null, 100)).hasSize(10).allMatch(task -> task.id() % 3 == 0);
    assertThat(search.list(rarer.state(TaskState.FAILED), null, 4)).hasSize(4);
    assertThat(search.list(rarer.state(TaskState.DONE), null, 4)).isEmpty();
    assertInStep();
  }

  @Test
  void followsATaskFromItsFailureOverARetryAndAReRunToItsDelivery() {
    house.schedule = List.of(Duration.ofHours(1));
    Sink storage = house.sink();
    storage.answer(503);
    house.gateway("storage", storage);
    house.start();
    long task = house.post();
    House.await(() -> house.one("SELECT COUNT(*) FROM tasks_error").equals("1"));
    assertThat(only().group()).matches(group -> group.waiting() == 1 && group.failed() == 0);
    assertInStep();

    house.clock.leap(Duration.ofHours(2));
    house.bell.ring();
    house.awaitDone(task, "error");
    assertThat(only().group()).matches(group -> group.waiting() == 0 && group.failed() == 1);
    assertInStep();
    storage.answer(422);
    house.tasks.rerun(task, false, AuditLines.any());
    House.await(() -> groups.list(null, 9).size() == 2 && house.done(task).equals("error"));
    assertThat(groups.list(null, 9))
        .extracting(told -> told.group().count())
        .containsExactly(1L, 0L);
    assertThat(groups.list(null, 9).get(0).sample().status()).isEqualTo(422);
    assertInStep();

    storage.answer(200);
    house.tasks.rerun(task, false, AuditLines.any());
    house.awaitDone(task, "y");
    assertThat(groups.list(null, 9)).allMatch(told -> told.group().count() == 0);
    assertThat(search.list(group(groups.list(null, 9).get(0), TaskState.DONE), null, 9)).hasSize(1);
    assertInStep();
  }

  @Test
  void lettingGoOfAGroupThatHasNothingToBeDoneForgetsItAMonthLater() {
    Sink storage = house.sink();
    storage.answer(400);
    house.gateway("storage", storage);
    house.start();
    house.post();
    awaitFailed(1);
    ErrorUpkeep upkeep = new ErrorUpkeep(house.database, house.clock);
    house.clock.leap(Duration.ofDays(31));
    upkeep.purge();
    assertThat(only().group().count()).isEqualTo(1);
    assertThat(house.one("SELECT COUNT(*) FROM error_group_times")).isEqualTo("0");
    Inline inline = inline();
    inline.run(BulkCancel.NAME, "{\"state\":\"failed\"}");
    assertThat(only().group().count()).isZero();
    upkeep.purge();
    assertThat(groups.list(null, 9)).isEmpty();
    assertThat(house.one("SELECT COUNT(*) FROM error_group_places")).isEqualTo("0");
    inline.run(BulkRerun.NAME, "{\"state\":\"cancelled\"}");
    awaitFailed(1);
    assertThat(only().group().count()).isEqualTo(1);
    assertInStep();
  }

  private Inline inline() {
    CdrStore cdrs = new CdrStore(house.clock);
    return new Inline(
        house.database,
        new BulkRerun(house.database, house.tasks, cdrs, house.bell),
        new BulkCancel(house.database, house.tasks, cdrs));
  }

  private Told only() {
    List<Told> all = groups.list(null, 9);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static TaskFilter group(Told told, @Nullable TaskState state) {
    ErrorGroup group = told.group();
    return new TaskFilter(state, null, null, null, null, group.fingerprint(), new TreeSet<>());
  }

  private void assertInStep() {
    assertThat(house.one(WRONG)).isEqualTo("0");
    assertThat(house.one(UNLIKE)).isEqualTo("0");
  }

  private void awaitFailed(int count) {
    House.await(() -> house.db.count("SELECT COUNT(*) FROM tasks WHERE done = 'error'") == count);
  }

  private static long sum(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sum();
  }

  private static long task(Sink.Received request) {
    return Long.parseLong(request.key().replaceAll("-.*", ""));
  }

  static List<NewTask> many(int count) {
    List<NewTask> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(new NewTask("CDRToSGAPI", Priority.HIGH, List.of(), "<task/>"));
    }
    return tasks;
  }
}
