package org.waybill.operation;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Database;

/** This node's part in operations: one thread, from the start of the server to its stop. */
@ApplicationScoped
public class OperationRunner {
  private static final Logger LOG = System.getLogger(OperationRunner.class.getName());
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

  private final Shift shift;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable Thread thread;

  @Inject
  public OperationRunner(Database database, Clock clock, @Any Instance<OperationKind> kinds) {
    this(
        new Shift(
            new OperationRoom(
                database,
                new OperationLeases(name(), OperationTimes.DEFAULT.dead()),
                new OperationKinds(kinds),
                clock,
                OperationTimes.DEFAULT)));
  }

  OperationRunner(Shift shift) {
    this.shift = shift;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected OperationRunner() {
    this((Shift) null);
  }

  /** After migrations. A thread of our own: managed ones are interrupted in the middle of work. */
  void atStart(
      @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) @Initialized(ApplicationScoped.class)
          Object started) {
    Thread running = new Thread(this::run, "waybill-operations");
    running.setDaemon(true);
    running.setContextClassLoader(OperationRunner.class.getClassLoader());
    running.start();
    thread = running;
  }

  void atStop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object ending) {
    stopped.countDown();
    try {
      if (thread != null) {
        thread.join(LONGEST_STOP.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean failing = false;
    try {
      for (Duration rest = Duration.ZERO; !rests(rest); ) {
        try {
          rest = shift.turn();
          failing = false;
        } catch (RuntimeException e) {
          if (!failing) {
            LOG.log(
                Level.WARNING,
                "WB-OPERATION-04 Operations cannot be worked on and wait until they can. Check the"
                    + " database.",
                e);
          }
          failing = true;
          rest = AFTER_FAILURE;
        }
      }
      shift.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Level.INFO, "Operations were not handed over; others notice in time. ({0})", e);
    }
  }

  /** Whether it is over. */
  private boolean rests(Duration time) throws InterruptedException {
    return stopped.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static String name() {
    long process = ProcessHandle.current().pid();
    try {
      return InetAddress.getLocalHost().getHostName() + ":" + process;
    } catch (UnknownHostException e) {
      return "localhost:" + process;
    }
  }
}
