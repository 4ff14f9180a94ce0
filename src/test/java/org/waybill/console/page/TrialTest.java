package org.waybill.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.waybill.operation.ItemOutcome;
import org.waybill.operation.Operation;
import org.waybill.operation.OperationState;
import org.waybill.report.ErrorGroup.Trend;
import org.waybill.report.TaskStandings.Standing;
import org.waybill.task.TaskState;

class TrialTest {
  private static final Instant START = Instant.parse("2026-11-21T03:00:00Z");

  @Test
  void saysThatTheCauseIsGoneOnlyWhenAllAreDelivered() {
    Trial most = trial(OperationState.DONE, done(), done(), waits(START.minusSeconds(60)));
    assertThat(most.sentence()).isEqualTo("2 of 3 are delivered so far.");
    assertThat(most.mood()).isEqualTo("wait");
    assertThat(most.isUnderWay()).isTrue();
    Trial all = trial(OperationState.DONE, done(), done());
    assertThat(all.sentence()).isEqualTo("All 2 are delivered: the cause is gone.");
    assertThat(all.mood()).isEqualTo("good");
    assertThat(all.isUnderWay()).isFalse();
  }

  @Test
  void saysThatTheCauseIsStillThereBeforeTheyAreGivenUp() {
    Trial trial = trial(OperationState.DONE, done(), waits(START.plusSeconds(1)));
    assertThat(trial.sentence()).isEqualTo("1 of 2 failed again: the cause is still there.");
    assertThat(trial.mood()).isEqualTo("bad");
    assertThat(trial.tasks().get(1).said()).isEqualTo("[…] refused");
  }

  @Test
  void tellsApartWhatIsNotBegunAndWhatFoundNothing() {
    assertThat(trial(OperationState.RUNNING).sentence())
        .isEqualTo("They are put back into their queues.");
    assertThat(trial(OperationState.DONE).sentence())
        .isEqualTo("None was left that could be tried.");
    assertThat(trial(OperationState.DONE, (Standing) null).tasks().get(0).state())
        .isEqualTo("gone");
  }

  @Test
  void drawsABarForEachHourInWhichAnythingFailed() {
    List<Long> hours = IntStream.range(0, 24).mapToObj(hour -> hour == 2 ? 1L : 0L).toList();
    Spark spark = new Spark(new Trend(List.of(0L, 3L), hours));
    assertThat(spark.path()).isEqualTo("M8 22v-22.0h3v22.0z");
    assertThat(spark.width()).isEqualTo(96);
    assertThat(spark.lastHour()).isEqualTo("3");
  }

  private static Standing done() {
    return new Standing(TaskState.DONE, "[…] refused", START.minusSeconds(60), "f");
  }

  private static Standing waits(Instant lastError) {
    return new Standing(TaskState.PENDING, "[…] refused", lastError, "f");
  }

  private static Trial trial(OperationState state, @Nullable Standing... standings) {
    Operation operation =
        new Operation(
            7,
            "task.rerun",
            state,
            "{}",
            standings.length,
            false,
            new Operation.Progress(0, 0, 0),
            5,
            null,
            null,
            "ann",
            null,
            null,
            START,
            null);
    List<Trial.Tried> tried =
        IntStream.range(0, standings.length)
            .mapToObj(i -> new Trial.Tried(ItemOutcome.ok(String.valueOf(i), "back"), standings[i]))
            .toList();
    return new Trial(operation, tried);
  }
}
