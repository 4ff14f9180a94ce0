package org.waybill.dispatch;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.CdrStore;
import org.waybill.cdr.ContentHash;
import org.waybill.cdr.NewCdr;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Variable;
import org.waybill.gateway.Courier;
import org.waybill.gateway.Couriers;
import org.waybill.gateway.RetrySchedule;
import org.waybill.platform.Database;
import org.waybill.task.Field;
import org.waybill.task.Gateway;
import org.waybill.task.Gateways;
import org.waybill.task.NewGateway;
import org.waybill.task.NewTask;
import org.waybill.task.NewTaskRow;
import org.waybill.task.Priority;
import org.waybill.task.StoredTask;
import org.waybill.task.TaskStore;
import org.waybill.task.Tasks;
import org.waybill.task.WorkBell;
import org.waybill.testing.AuditLines;
import org.waybill.testing.TestDatabase;

/** A whole house on a real database, with nodes that a test starts, stops and kills. */
final class House implements AutoCloseable {
  static final DispatchTimes QUICK =
      new DispatchTimes(
          Duration.ofMillis(100),
          Duration.ofMillis(1500),
          Duration.ofMillis(1000),
          Duration.ofMillis(100),
          Duration.ofMillis(20),
          Duration.ofMillis(5),
          Duration.ofSeconds(10));

  final TestDatabase db = TestDatabase.fresh();
  final Database database = db.database();
  final OffsetClock clock = new OffsetClock();
  final Gateways gateways = new Gateways(database, clock);
  final WorkBell bell = new WorkBell();
  final Tasks tasks = new Tasks(database, gateways, bell, clock);
  private final List<Node> nodes = new ArrayList<>();
  private final List<Sink> sinks = new ArrayList<>();

  List<Duration> schedule = List.of(Duration.ofMillis(20), Duration.ofMillis(20));
  Duration timeout = Duration.ofSeconds(5);
  DispatchTimes times = QUICK;
  ReportPace pace = new ReportPace(Duration.ofMillis(100), 1000);

  /** A node's dispatcher on a thread of its own. */
  final class Node {
    final int id;
    final Dispatcher dispatcher;
    private final AtomicBoolean frozen = new AtomicBoolean();
    final PrometheusRegistry registry = new PrometheusRegistry();
    private final Thread thread;

    private Node(Set<String> kinds) {
      id = database.transact("register", c -> LeaseStore.register(c, "node"));
      Courier courier = Couriers.with(timeout, database, clock);
      Database mine = new Database(new MortalDataSource(db.dataSource(), frozen));
      DispatchRoom room =
          new DispatchRoom(
              mine,
              new Gateways(mine, clock),
              bell,
              courier,
              new Judge(new RetrySchedule(schedule, new Random(1))),
              clock,
              times,
              pace,
              new DispatchFigures(registry));
      dispatcher = new Dispatcher(room, kinds, id);
      thread = new Thread(this::run, "node-" + id);
      thread.setDaemon(true);
      thread.start();
    }

    private void run() {
      try {
        dispatcher.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Dies as after SIGKILL: nothing is recorded, released or renewed any more. */
    void freeze() {
      frozen.set(true);
    }

    double figure(String name) {
      return registry.scrape().stream()
          .filter(metric -> metric.getMetadata().getName().equals(name))
          .flatMap(metric -> metric.getDataPoints().stream())
          .mapToDouble(point -> ((CounterDataPointSnapshot) point).getValue())
          .sum();
    }

    /** A figure of one gateway's queue; NaN before it is told. */
    double figure(String name, int gateway) {
      Labels labels = Labels.of("gateway", Integer.toString(gateway));
      return registry.scrape().stream()
          .filter(metric -> metric.getMetadata().getName().equals(name))
          .flatMap(metric -> metric.getDataPoints().stream())
          .filter(point -> point.getLabels().equals(labels))
          .mapToDouble(point -> ((GaugeDataPointSnapshot) point).getValue())
          .findFirst()
          .orElse(Double.NaN);
    }

    void stop() {
      dispatcher.stop();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      db.execute("UPDATE nodes SET stopped_at = UTC_TIMESTAMP(3) WHERE id = " + id);
    }
  }

  Node start() {
    return start("storage", "analytics", "smtp", "report");
  }

  Node start(String... kinds) {
    Node node = new Node(Set.of(kinds));
    nodes.add(node);
    return node;
  }

  Sink sink() {
    Sink sink = new Sink();
    sinks.add(sink);
    return sink;
  }

  Gateway gateway(String kind, Sink sink) {
    return gateway(kind, sink.url());
  }

  Gateway gateway(String kind, URI url) {
    return gateway(NewGateway.general(kind, url));
  }

  Gateway gateway(NewGateway gateway) {
    return gateways.add(gateway, true, AuditLines.any());
  }

  /** Stores a CDR with one CDRToSGAPI task of so many items, and rings. */
  long post(Priority priority, int storage, int analytics) {
    return post(
        new NewTask(
            "CDRToSGAPI",
            priority,
            List.of(
                new Field("rmDispStoreItems", Integer.toString(storage)),
                new Field("rmAnalyticsItems", Integer.toString(analytics))),
            "<task type=\"CDRToSGAPI\"><rmDispStoreItems>"
                + storage
                + "</rmDispStoreItems><rmAnalyticsItems>"
                + analytics
                + "</rmAnalyticsItems></task>"));
  }

  long post() {
    return post(Priority.MEDIUM, 1, 0);
  }

  long post(NewTask task) {
    return post(List.of(task)).get(0);
  }

  /** Stores a CDR for each task, all in one commit. */
  List<Long> post(List<NewTask> newTasks) {
    return post(
        newTasks, newTasks.stream().map(task -> cdr(new Variable("billsec", "245"))).toList());
  }

  /** Stores CDRs with a task each, all in one commit. */
  List<Long> post(List<NewTask> newTasks, List<NewCdr> cdrs) {
    TaskStore store = new TaskStore(gateways);
    List<StoredTask> stored =
        database.transact(
            "store",
            connection -> {
              List<Long> ids = new CdrStore(clock).insert(connection, cdrs);
              List<NewTaskRow> rows = new ArrayList<>();
              for (int i = 0; i < ids.size(); i++) {
                rows.add(
                    new NewTaskRow(
                        ids.get(i),
                        cdrs.get(i).cdr().tableSuffix(),
                        1001,
                        newTasks.get(i),
                        clock.instant(),
                        cdrs.get(i).source()));
              }
              return store.insert(connection, rows).tasks();
            });
    bell.ring();
    return stored.stream().map(StoredTask::id).toList();
  }

  NewCdr cdr(Variable... variables) {
    Instant now = clock.instant();
    UUID uuid = UUID.randomUUID();
    TableSuffix day = TableSuffix.ofEpochSecond(now.getEpochSecond());
    Cdr cdr = new Cdr(uuid, null, now.getEpochSecond(), day, null, 1001, null, List.of(variables));
    StringBuilder all = new StringBuilder();
    for (Variable variable : variables) {
      all.append("<%1$s>%2$s</%1$s>".formatted(variable.name(), variable.value()));
    }
    String xml =
        "<cdr><data><uuid>%s</uuid><StartEpoch>%d</StartEpoch><TableSuffix>%s</TableSuffix>"
                .formatted(uuid, now.getEpochSecond(), day)
            + "<rmOrgID>1001</rmOrgID><variables>"
            + all
            + "</variables></data></cdr>";
    return new NewCdr(cdr, xml, new ContentHash(new byte[32]), "test", now);
  }

  String one(String sql) {
    return db.one(sql);
  }

  String done(long task) {
    return one("SELECT done FROM tasks WHERE id = " + task);
  }

  void awaitDone(long task, String state) {
    await(() -> done(task).equals(state), () -> "task " + task + " is " + done(task));
  }

  static void await(BooleanSupplier condition) {
    await(condition, () -> "it never came about");
  }

  static void await(BooleanSupplier condition, Supplier<String> otherwise) {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError(otherwise.get());
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    sinks.forEach(Sink::close);
    nodes.forEach(node -> node.dispatcher.stop());
    nodes.stream().filter(node -> !node.frozen.get()).forEach(Node::stop);
  }
}
