package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.CdrStore;
import org.waybill.operation.Inline;
import org.waybill.operation.Operation;
import org.waybill.operation.Operation.Progress;
import org.waybill.operation.OutcomeFilter;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;
import org.waybill.task.TaskFilter;
import org.waybill.task.TaskState;
import org.waybill.testing.AuditLines;

/** The re-run of all tasks that match, from the operator's wish to the gateway. */
class BulkRerunTest {
  private final House house = new House();
  private final Inline inline =
      new Inline(
          house.database,
          new BulkRerun(house.database, house.tasks, new CdrStore(house.clock), house.bell));

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void reRunsAllThatFailedInTheLaneThatGivesWay() {
    Sink storage = house.sink();
    storage.answer(400);
    house.gateway("storage", storage);
    House.Node node = house.start();
    List<Long> tasks = house.post(many(120));
    House.await(() -> house.one("SELECT COUNT(*) FROM tasks WHERE done = 'error'").equals("120"));
    node.stop();
    storage.answer(200);
    assertThat(inline.operations.matching(BulkRerun.NAME, "{}")).isEqualTo(120);
    Operation done = inline.run(BulkRerun.NAME, "{\"type\":\"CDRToSGAPI\"}");

    assertThat(done.progress()).isEqualTo(new Progress(120, 120, 0));
    assertThat(house.one("SELECT CONCAT_WS(' ', MIN(lane), MAX(lane), COUNT(*)) FROM deliveries"))
        .isEqualTo("3 3 120");
    assertThat(
            inline
                .operations
                .outcomes(done.id(), OutcomeFilter.ANY, null, 1)
                .get(0)
                .outcome()
                .sentence())
        .isEqualTo("Deliveries put back into their queues: 1.");
    house.start();
    house.awaitDone(tasks.get(119), "y");
    House.await(() -> house.one("SELECT COUNT(*) FROM tasks WHERE done = 'y'").equals("120"));
    assertThat(storage.received()).hasSize(240);
    assertThat(house.one("SELECT COUNT(DISTINCT id_tasks) FROM tasks_error")).isEqualTo("120");
  }

  @Test
  void leavesAloneWhatFailsAfterTheStart() {
    Sink storage = house.sink();
    storage.answer(400);
    house.gateway("storage", storage);
    House.Node node = house.start();
    List<Long> tasks = house.post(many(3));
    House.await(() -> house.one("SELECT COUNT(*) FROM tasks WHERE done = 'error'").equals("3"));
    node.stop();
    house.db.execute(
        "UPDATE tasks_error SET last_error_date = UTC_TIMESTAMP(3) + INTERVAL 1 MINUTE"
            + " WHERE id_tasks = "
            + tasks.get(1));
    assertThat(inline.run(BulkRerun.NAME, "{}").progress()).isEqualTo(new Progress(2, 2, 0));
    assertThat(house.done(tasks.get(1))).isEqualTo("error");
  }

  @Test
  void bringsBackWhatWasCancelledOnlyWhenAsked() {
    house.gateway("storage", house.sink());
    long task = house.post();
    house.tasks.cancel(task, AuditLines.any());
    assertThat(inline.run(BulkRerun.NAME, "{}").progress()).isEqualTo(new Progress(0, 0, 0));
    TaskFilter cancelled = new TaskFilter(TaskState.CANCELLED, null, 1001, Priority.MEDIUM, null);
    assertThat(inline.run(BulkRerun.NAME, cancelled.json()).progress())
        .isEqualTo(new Progress(1, 1, 0));
    assertThat(house.done(task)).isEqualTo("n");
  }

  @Test
  void failsThoseAloneWhoseRowsAreMissing() {
    house.gateway("storage", house.sink());
    List<Long> tasks = house.post(many(5));
    tasks.forEach(task -> house.tasks.cancel(task, AuditLines.any()));
    house.db.execute("DELETE FROM tasks_data WHERE id_tasks = " + tasks.get(2));
    Operation done = inline.run(BulkRerun.NAME, "{\"state\":\"cancelled\"}");

    assertThat(done.progress()).isEqualTo(new Progress(5, 4, 1));
    assertThat(
            inline
                .operations
                .outcomes(done.id(), OutcomeFilter.FAILED, null, 9)
                .get(0)
                .outcome()
                .sentence())
        .startsWith("WB-TASK-01 Task " + tasks.get(2));
    assertThat(house.one("SELECT COUNT(*) FROM deliveries")).isEqualTo("4");
  }

  @Test
  void findsTheTasksOfOneCdr() {
    long task = house.post();
    house.post();
    house.tasks.cancel(task, AuditLines.any());
    String uuid =
        house.one(
            "SELECT LOWER(HEX(c.uuid)) FROM tasks t"
                + " JOIN normalized_cdrs c ON c.id = t.id_normalized_cdrs WHERE t.id = "
                + task);
    String dashed = uuid.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    String filter = "{\"state\":\"cancelled\",\"cdr\":\"" + dashed + "\"}";
    assertThat(inline.operations.matching(BulkRerun.NAME, filter)).isEqualTo(1);
    String nobody = filter.replace(dashed.substring(0, 8), "00000000");
    assertThat(inline.operations.matching(BulkRerun.NAME, nobody)).isZero();
  }

  private static List<NewTask> many(int count) {
    List<NewTask> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(new NewTask("CDRToSGAPI", Priority.HIGH, List.of(), "<task/>"));
    }
    return tasks;
  }
}
