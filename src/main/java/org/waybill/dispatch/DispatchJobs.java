package org.waybill.dispatch;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.batch.operations.BatchRuntimeException;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Settings;
import org.waybill.task.Gateways;
import org.waybill.task.TaskRules;

/**
 * The Jakarta Batch jobs of this node: three long ones, since a job a task would cost more than the
 * task. One that ends while the node runs is started again.
 */
@ApplicationScoped
public class DispatchJobs {
  private static final Logger LOG = System.getLogger(DispatchJobs.class.getName());
  private static final List<String> JOBS = List.of("CDRToSGAPI", "SendEmail", "CDRReport");
  private static final Set<BatchStatus> GOING =
      Set.of(BatchStatus.STARTING, BatchStatus.STARTED, BatchStatus.STOPPING);
  private static final long WATCH_SECONDS = 5;

  private final Dispatch dispatch;
  private final Gateways gateways;
  private final TaskRules rules;
  private final Settings settings;
  private final Map<String, Long> executions = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  @Resource private @Nullable ManagedScheduledExecutorService executor;
  private @Nullable Future<?> watch;

  @Inject
  public DispatchJobs(Dispatch dispatch, Gateways gateways, TaskRules rules, Settings settings) {
    this.dispatch = dispatch;
    this.gateways = gateways;
    this.rules = rules;
    this.settings = settings;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected DispatchJobs() {
    this(null, null, null, null);
  }

  /** After migrations and partitions, which come earlier. */
  void atStart(
      @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) @Initialized(ApplicationScoped.class)
          Object started) {
    gateways.seed(settings.storageGateways(), settings.analyticsGateways());
    settings.reports().url().ifPresent(rules::seedConsumer);
    gateways.mailServer(settings.smtpUrl().orElse(null));
    startThoseThatEnded();
    if (executor != null) {
      watch =
          executor.scheduleWithFixedDelay(
              this::watch, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
    }
  }

  void atStop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object ending) {
    stopped = true;
    if (watch != null) {
      watch.cancel(false);
    }
    dispatch.stopAll();
  }

  private void watch() {
    try {
      startThoseThatEnded();
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "WB-DISPATCH-06 The batch jobs could not be looked after; this is tried again. Check the"
              + " database. ({0})",
          e.getMessage());
    }
  }

  private void startThoseThatEnded() {
    JobOperator operator = BatchRuntime.getJobOperator();
    for (String job : JOBS) {
      if (!stopped && !isGoing(operator, job)) {
        executions.put(job, operator.start(job, new Properties()));
      }
    }
  }

  private boolean isGoing(JobOperator operator, String job) {
    Long execution = executions.get(job);
    try {
      return execution != null
          && GOING.contains(operator.getJobExecution(execution).getBatchStatus());
    } catch (BatchRuntimeException e) {
      return false; // An operator has purged the batch tables.
    }
  }
}
