package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.batch.operations.JobOperator;
import jakarta.batch.operations.NoSuchJobException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.waybill.testing.Deployments;

/** The jobs as Jakarta Batch sees them. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
class DispatchJobsIT {
  @Inject private Dispatch dispatch;

  @Deployment
  static WebArchive war() {
    return Deployments.openWar();
  }

  @BeforeEach
  void awaitAll() throws InterruptedException {
    await(() -> dispatch.driving() == 3);
  }

  @Test
  void allRunForAsLongAsTheNodeDoes() {
    for (String job : List.of("CDRToSGAPI", "SendEmail", "CDRReport")) {
      assertThat(running(job)).as(job).hasSize(1);
      assertThat(status(running(job).get(0))).isEqualTo(BatchStatus.STARTED);
    }
  }

  @Test
  void oneThatAnOperatorStopsEndsAndIsStartedAgain() throws InterruptedException {
    long first = running("SendEmail").get(0);
    operator().stop(first);
    await(() -> status(first) == BatchStatus.STOPPED);
    await(() -> !running("SendEmail").isEmpty());
    assertThat(running("SendEmail")).hasSize(1).doesNotContain(first);
    await(() -> dispatch.driving() == 3);
  }

  private static List<Long> running(String job) {
    try {
      return operator().getRunningExecutions(job);
    } catch (NoSuchJobException e) {
      return List.of(); // as it says of one that does not run
    }
  }

  private static BatchStatus status(long execution) {
    return operator().getJobExecution(execution).getBatchStatus();
  }

  private static JobOperator operator() {
    return BatchRuntime.getJobOperator();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
