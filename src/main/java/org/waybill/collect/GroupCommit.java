package org.waybill.collect;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.waybill.cdr.CdrStore;
import org.waybill.cdr.NewCdr;
import org.waybill.platform.Database;
import org.waybill.platform.DatabaseException;
import org.waybill.platform.Metrics;
import org.waybill.task.NewTask;
import org.waybill.task.TaskStore;
import org.waybill.task.WorkBell;

/**
 * The only writer of CDRs. Those that arrive while a commit is under way share the next one: what a
 * durable commit costs is paid once a group. Each is answered with its own outcome, after the
 * commit.
 */
@ApplicationScoped
public class GroupCommit {
  private static final Logger LOG = System.getLogger(GroupCommit.class.getName());
  private static final int TRIES = 5;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

  private final Database database;
  private final CdrTransaction transaction;
  private final WorkBell bell;
  private final GroupCommitLimits limits;
  private final WaitingRoom room;
  private final IngestMetrics metrics;
  private final List<Thread> writers = new ArrayList<>();
  private final AtomicBoolean failing = new AtomicBoolean();

  @Inject
  public GroupCommit(
      Database database, CdrStore cdrs, TaskStore tasks, WorkBell bell, Metrics metrics) {
    this(
        database,
        new CdrTransaction(cdrs, tasks),
        bell,
        GroupCommitLimits.DEFAULT,
        metrics.registry());
  }

  GroupCommit(
      Database database,
      CdrTransaction transaction,
      WorkBell bell,
      GroupCommitLimits limits,
      PrometheusRegistry registry) {
    this.database = database;
    this.transaction = transaction;
    this.bell = bell;
    this.limits = limits;
    this.room = new WaitingRoom(limits.queueCount(), limits.queueBytes());
    this.metrics = new IngestMetrics(registry, room::count);
  }

  /** For the proxy, which works on nothing of its own. */
  @SuppressWarnings("NullAway")
  protected GroupCommit() {
    this(null, null, null, GroupCommitLimits.DEFAULT, new PrometheusRegistry());
  }

  /**
   * Threads of our own: managed ones are interrupted at undeployment, before the queue is empty.
   */
  @PostConstruct
  void start() {
    for (int i = 1; i <= limits.writers(); i++) {
      Thread writer = new Thread(this::write, "waybill-group-commit-" + i);
      writer.setDaemon(true);
      writer.start();
      writers.add(writer);
    }
  }

  /** Lets nobody in any more and commits those who wait. */
  @PreDestroy
  void stop() {
    room.close();
    for (Thread writer : writers) {
      try {
        writer.join(LONGEST_STOP.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Queues a CDR for the next commit. */
  public CompletableFuture<Outcome> submit(NewCdr cdr, List<NewTask> tasks) {
    Waiting waiting = new Waiting(cdr, tasks, new CompletableFuture<>(), System.nanoTime());
    if (!room.enter(waiting)) {
      answer(waiting, new Outcome.Busy());
    }
    return waiting.answer();
  }

  /** Stores a CDR and waits until that is durable, or until the deadline. */
  public Outcome store(NewCdr cdr, List<NewTask> tasks, Deadline deadline) {
    return await(submit(cdr, tasks), deadline);
  }

  /** Waits for an answer; one that is given up is not stored, if there is still time to drop it. */
  static Outcome await(CompletableFuture<Outcome> answer, Deadline deadline) {
    try {
      return answer.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(false);
      return new Outcome.Unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Unavailable();
    } catch (ExecutionException e) {
      throw new IllegalStateException("An answer is never exceptional.", e);
    }
  }

  /** CDRs that wait for their commit. */
  public int waiting() {
    return room.count();
  }

  private void write() {
    try {
      for (List<Waiting> group = next(); !group.isEmpty(); group = next()) {
        commit(group);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Waiting> next() throws InterruptedException {
    return room.takeGroup(limits.groupCount(), limits.groupBytes());
  }

  private void commit(List<Waiting> group) {
    try {
      long began = System.nanoTime();
      CdrTransaction.Result result = inTransaction(group);
      metrics.committed(group.size(), System.nanoTime() - began);
      recovered();
      answer(group, result.outcomes());
      if (result.deliveries() > 0) {
        bell.ring();
      }
    } catch (RuntimeException e) {
      if (!Refusal.isOfTheDocument(e)) {
        unavailable(group, e);
      } else if (group.size() == 1) {
        unstorable(group.get(0), e);
      } else {
        // Somewhere in it is one that the database refuses: its neighbours must not suffer.
        commit(group.subList(0, group.size() / 2));
        commit(group.subList(group.size() / 2, group.size()));
      }
    }
  }

  /** Another node may have stored the same uuid meanwhile: then what is known is read again. */
  private CdrTransaction.Result inTransaction(List<Waiting> group) {
    for (int attempt = 1; ; attempt++) {
      try {
        return database.transact(
            "store " + group.size() + " CDRs", connection -> transaction.run(connection, group));
      } catch (DatabaseException e) {
        if (attempt == TRIES || !Refusal.isDuplicateKey(e)) {
          throw e;
        }
      }
    }
  }

  private void answer(List<Waiting> group, List<Outcome> outcomes) {
    for (int i = 0; i < group.size(); i++) {
      answer(group.get(i), outcomes.get(i));
    }
  }

  private void answer(Waiting waiting, Outcome outcome) {
    metrics.answered(outcome, System.nanoTime() - waiting.since());
    waiting.answer().complete(outcome);
  }

  private void unavailable(List<Waiting> group, RuntimeException e) {
    if (failing.compareAndSet(false, true)) {
      LOG.log(
          Level.ERROR,
          "WB-INGEST-01 CDRs cannot be committed. Their senders are answered 503 and will repeat"
              + " them; nothing acknowledged is lost. See that the database is up, writable and"
              + " not full.",
          e);
    }
    for (Waiting waiting : group) {
      answer(waiting, new Outcome.Unavailable());
    }
  }

  private void recovered() {
    if (failing.compareAndSet(true, false)) {
      LOG.log(Level.INFO, "WB-INGEST-02 CDRs are committed again.");
    }
  }

  private void unstorable(Waiting waiting, RuntimeException e) {
    LOG.log(
        Level.ERROR,
        "WB-INGEST-03 The database refuses the CDR "
            + waiting.cdr().cdr().uuid()
            + ", which is kept as a rejected document. Report this as a bug; resubmit it when the"
            + " cause is gone.",
        e);
    answer(waiting, new Outcome.Unstorable(Refusal.sentence(e)));
  }
}
