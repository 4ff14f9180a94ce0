package org.waybill.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.waybill.gateway.Courier;
import org.waybill.gateway.RetrySchedule;
import org.waybill.platform.Database;
import org.waybill.platform.Metrics;
import org.waybill.platform.Settings;
import org.waybill.task.Gateways;
import org.waybill.task.WorkBell;

/** This node's part in dispatching: its identity and the dispatchers that run on it. */
@ApplicationScoped
public class Dispatch {
  private static final Logger LOG = System.getLogger(Dispatch.class.getName());
  private static final Duration LONGEST_STOP = Duration.ofSeconds(40);

  private final DispatchRoom room;
  private final Map<Thread, Dispatcher> running = new ConcurrentHashMap<>();
  private @Nullable Integer node;
  private volatile boolean stopped;

  @Inject
  public Dispatch(
      Database database,
      Gateways gateways,
      WorkBell bell,
      Courier courier,
      Clock clock,
      RetrySchedule schedule,
      Settings settings,
      Metrics metrics) {
    this.room =
        new DispatchRoom(
            database,
            gateways,
            bell,
            courier,
            new Judge(schedule),
            clock,
            DispatchTimes.DEFAULT,
            new ReportPace(settings.reports().interval(), settings.reports().size()),
            new DispatchFigures(metrics.registry()));
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Dispatch() {
    this.room = null;
  }

  /**
   * Starts driving the queues of some kinds of gateways, on a thread of our own: managed ones are
   * interrupted at undeployment, before what is under way has ended.
   */
  Thread drive(Set<String> gatewayKinds) {
    Dispatcher dispatcher = new Dispatcher(room, gatewayKinds, node());
    Thread thread = new Thread(() -> run(dispatcher), "waybill-dispatch-" + gatewayKinds);
    thread.setDaemon(true);
    thread.setContextClassLoader(Dispatch.class.getClassLoader());
    running.put(thread, dispatcher);
    if (stopped) {
      dispatcher.stop();
    }
    thread.start();
    return thread;
  }

  /** Lets one of them end as soon as what is under way has ended. */
  void stop(Thread driving) {
    Dispatcher dispatcher = running.get(driving);
    if (dispatcher != null) {
      dispatcher.stop();
    }
  }

  /** How many dispatchers drive queues on this node now. */
  public int driving() {
    return (int) running.values().stream().filter(Dispatcher::isDriving).count();
  }

  /** Lets all of them end, and waits for it: the server goes down. */
  void stopAll() {
    stopped = true;
    running.values().forEach(Dispatcher::stop);
    try {
      for (Thread thread : running.keySet()) {
        thread.join(LONGEST_STOP.toMillis());
      }
      goodbye();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Dispatcher dispatcher) {
    try {
      dispatcher.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(
          Level.ERROR, "WB-DISPATCH-04 A dispatcher ended; its job is started again shortly.", e);
    } finally {
      running.remove(Thread.currentThread());
    }
  }

  private synchronized int node() {
    Integer known = node;
    if (known == null) {
      known = room.database().transact("register node", c -> LeaseStore.register(c, name()));
      node = known;
    }
    return known;
  }

  /** A node that says goodbye takes no share of the queues from now on. */
  private synchronized void goodbye() {
    Integer known = node;
    if (known == null) {
      return;
    }
    try {
      LeaseStore store = new LeaseStore(known, room.times().dead());
      room.database()
          .transact(
              "sign node off",
              connection -> {
                store.stopped(connection);
                return true;
              });
    } catch (RuntimeException e) {
      LOG.log(Level.INFO, "This node could not sign off; others notice in time. ({0})", e);
    }
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
