package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.platform.DatabaseException;
import org.waybill.task.Gateway;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;
import org.waybill.task.Steering;
import org.waybill.task.TaskState;
import org.waybill.testing.AuditLines;

/** One task's re-run and cancel, from the operator's wish to the gateway. */
class SteeringTest {
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void reRunsOnlyWhatWasNotDeliveredUnderTheSameKeyOnAFreshSchedule() {
    Sink storage = house.sink();
    Sink analytics = house.sink();
    storage.answer(500);
    house.gateway("storage", storage);
    house.gateway("analytics", analytics);
    house.start();
    long task = house.post(Priority.HIGH, 1, 1);
    house.awaitDone(task, "error");
    storage.answer(r -> new Sink.Answer(r.attempt() < 5 ? 500 : 200, ""));
    assertThat(house.tasks.rerun(task, false, AuditLines.any()))
        .isEqualTo(new Steering.Changed(TaskState.FAILED, TaskState.PENDING, 1));
    house.awaitDone(task, "y");
    assertThat(storage.received())
        .extracting(Sink.Received::attempt)
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(storage.keys()).containsOnly(task + "-storage-0");
    assertThat(analytics.received()).hasSize(1);
    assertThat(house.one("SELECT CONCAT_WS(' ', retry, failed, waiting) FROM tasks"))
        .isEqualTo("4 0 0");
    assertThat(house.one("SELECT description FROM tasks_error"))
        .contains("] Retry 1:", "] Retry 2:", "] Retry 3:");
  }

  @Test
  void reRunsATaskThatIsDoneOnlyWhenForced() {
    Sink sink = house.sink();
    house.gateway("storage", sink);
    house.start();
    long task = house.post(Priority.HIGH, 2, 0);
    house.awaitDone(task, "y");
    assertThat(house.tasks.rerun(task, false, AuditLines.any()))
        .isEqualTo(new Steering.Forbidden(TaskState.DONE));
    assertThat(house.tasks.rerun(task, true, AuditLines.any()))
        .isEqualTo(new Steering.Changed(TaskState.DONE, TaskState.PENDING, 2));
    house.awaitDone(task, "y");
    assertThat(sink.received()).hasSize(4);
  }

  @Test
  void cancelsWhatWaitsAndReRunsItLater() {
    Sink sink = house.sink();
    Gateway gateway = house.gateway("storage", sink);
    house.gateways.pause(gateway.id(), AuditLines.any());
    house.start();
    long task = house.post(Priority.LOW, 3, 0);
    assertThat(house.tasks.cancel(task, AuditLines.any()))
        .isEqualTo(new Steering.Changed(TaskState.PENDING, TaskState.CANCELLED, 3));
    assertThat(house.done(task)).isEqualTo("cancelled");
    assertThat(house.one("SELECT COUNT(*) FROM deliveries")).isEqualTo("0");
    assertThat(house.tasks.cancel(task, AuditLines.any()))
        .isEqualTo(new Steering.Forbidden(TaskState.CANCELLED));
    house.gateways.resume(gateway.id(), AuditLines.any());
    assertThat(house.tasks.rerun(task, false, AuditLines.any()))
        .isInstanceOf(Steering.Changed.class);
    house.awaitDone(task, "y");
    assertThat(sink.received()).hasSize(3);
  }

  @Test
  void leavesATaskCancelledWhenWhatWasUnderWayComesBack() {
    CountDownLatch cancelled = new CountDownLatch(1);
    Sink sink = house.sink();
    sink.answer(
        r -> {
          try {
            cancelled.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Sink.Answer(500, "");
        });
    house.gateway("storage", sink);
    house.start();
    long task = house.post();
    House.await(() -> sink.received().size() == 1);
    house.tasks.cancel(task, AuditLines.any());
    cancelled.countDown();
    House.await(() -> house.one("SELECT COUNT(*) FROM attempts").equals("1"));
    assertThat(house.one("SELECT CONCAT_WS(' ', done, waiting, retry) FROM tasks"))
        .isEqualTo("cancelled 0 0");
    assertThat(house.one("SELECT COUNT(*) FROM deliveries")).isEqualTo("0");
    sink.answer(200);
    house.tasks.rerun(task, false, AuditLines.any());
    house.awaitDone(task, "y");
  }

  @Test
  void cancelsAndReRunsATaskThatNobodyHandles() {
    long task = house.post(new NewTask("CBFinish", Priority.LOW, List.of(), "<task/>"));
    house.tasks.cancel(task, AuditLines.any());
    assertThat(house.done(task)).isEqualTo("cancelled");
    house.tasks.rerun(task, false, AuditLines.any());
    assertThat(house.done(task)).isEqualTo("n");
  }

  @Test
  void writesTheAuditLineOfWhatItChangedAndOfNothingElse() {
    long task = house.post();
    house.tasks.rerun(task, false, AuditLines.any());
    house.tasks.cancel(99, AuditLines.any());
    assertThat(house.one("SELECT COUNT(*) FROM audit_log")).isEqualTo("0");
    house.tasks.cancel(task, AuditLines.any());
    assertThat(house.one("SELECT subject FROM audit_log")).contains("CANCELLED");
  }

  @Test
  void steersNothingWhenTheAuditLineCannotBeWritten() {
    long task = house.post();
    assertThatThrownBy(() -> house.tasks.cancel(task, AuditLines.refused()))
        .isInstanceOf(DatabaseException.class);
    assertThat(house.done(task)).isEqualTo("n");
    assertThat(house.one("SELECT COUNT(*) FROM deliveries")).isEqualTo("1");
    house.tasks.cancel(task, AuditLines.any());
    assertThatThrownBy(() -> house.tasks.rerun(task, false, AuditLines.refused()))
        .isInstanceOf(DatabaseException.class);
    assertThat(house.done(task)).isEqualTo("cancelled");
    assertThat(house.one("SELECT COUNT(*) FROM deliveries")).isEqualTo("0");
  }

  @Test
  void saysThatATaskDoesNotExist() {
    assertThat(house.tasks.rerun(99, true, AuditLines.any())).isEqualTo(new Steering.Unknown());
    assertThat(house.tasks.cancel(99, AuditLines.any())).isEqualTo(new Steering.Unknown());
  }

  @Test
  void sendsAReRunThroughAnotherGatewayWhenItsOwnIsOutOfUse() {
    Sink old = house.sink();
    old.answer(400);
    Gateway gateway = house.gateway("storage", old);
    house.start();
    long task = house.post();
    house.awaitDone(task, "error");
    Sink other = house.sink();
    house.gateway("storage", other);
    house.gateways.deactivate(gateway.id(), AuditLines.any());
    house.tasks.rerun(task, false, AuditLines.any());
    house.clock.leap(Duration.ofSeconds(2));
    house.awaitDone(task, "y");
    assertThat(other.keys()).containsExactly(task + "-storage-0");
  }
}
