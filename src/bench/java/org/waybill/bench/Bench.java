package org.waybill.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.waybill.bench.Load.Outcome;

/** The whole run, in order: {@code Bench <jar> <data directory> <report>}. */
public final class Bench implements AutoCloseable {
  private static final int GATEWAY = 1;
  private static final int ROUNDS = 3;
  private static final int BACKLOG = 100_000;
  private static final int FEW = 10_000;
  private static final long MANY = Long.getLong("bench.finished", 5_000_000);
  private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("bench.seconds", 15));
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Sink sink;
  private final ServerUnderTest server;
  private final BenchDatabase database;
  private final Operator operator;
  private final String key;
  private final Load load;
  private final Report report = new Report();

  private Bench(Path jar, Path data) throws Exception {
    int databasePort = freePort();
    sink = new Sink();
    server =
        ServerUnderTest.start(
            jar,
            data,
            Map.of(
                "WAYBILL_DB_PORT",
                String.valueOf(databasePort),
                "WAYBILL_STORAGE_GATEWAYS",
                sink.url().toString()));
    database = new BenchDatabase(databasePort, server.secret("database-password"));
    operator = new Operator(database);
    key = operator.register(Documents.ORGANIZATION);
    load = new Load(server.url(), key, new OwnDocuments(Instant.now()));
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[1], String.valueOf(System.currentTimeMillis()));
    try (Bench bench = new Bench(Path.of(arguments[0]), data)) {
      if (!Boolean.getBoolean("bench.raw.only")) {
        bench.warmUp();
        bench.measureLatency();
        bench.measureIngest();
        bench.measureBacklog();
        bench.measureClaims();
      }
      bench.measureRaw();
      bench.report.write(Path.of(arguments[2]), machine());
    }
  }

  private void warmUp() throws InterruptedException {
    Outcome outcome = load.exactly(64, 60_000);
    awaitDeliveries((int) outcome.stored());
  }

  private void measureLatency() throws IOException, InterruptedException {
    Latency latency = Latency.measure(server.url(), load, sink, 300);
    report.add(
        "POST to arrival at the gateway, idle, median of 300",
        Report.number(latency.millisAt(0.5)) + " ms",
        "below 50 ms");
    report.add("the same, p99", Report.number(latency.millisAt(0.99)) + " ms", "");
  }

  /** With the gateway paused, as the limit delivers nothing either. */
  private void measureIngest() throws IOException, InterruptedException, SQLException {
    operator.pause();
    for (int connections : new int[] {1, 16}) {
      Outcome outcome = load.during(connections, ROUND);
      report.add(
          "durable CDRs a second over HTTP, connections: " + connections,
          Report.number(outcome.perSecond()),
          "");
    }
    double[] http = new double[ROUNDS];
    double[] bare = new double[ROUNDS];
    double[] ratio = new double[ROUNDS];
    int commitSize = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long commits = database.commits();
      CpuTime before = CpuTime.now(server.process());
      Outcome outcome = load.during(64, ROUND);
      String httpCost = CpuTime.now(server.process()).each(before, outcome.stored());
      commitSize = (int) Math.max(1, outcome.stored() / (database.commits() - commits));
      http[round] = outcome.perSecond();
      before = CpuTime.now(server.process());
      bare[round] = new BareInsert(database).perSecond(commitSize, ROUND);
      long inserted = (long) (bare[round] * ROUND.toSeconds());
      String bareCost = CpuTime.now(server.process()).each(before, inserted);
      ratio[round] = http[round] / bare[round];
      System.out.printf(
          "round %d: %.0f over HTTP (%s), %.0f bare (%s), %d a commit%n",
          round, http[round], httpCost, bare[round], bareCost, commitSize);
    }
    report.add("the same, connections: 64", Report.number(Report.median(http)), "");
    report.add(
        "bare multi-row JDBC insert of the same rows, 4 connections, " + commitSize + " a commit",
        Report.number(Report.median(bare)),
        "");
    report.add("requests answered 503 meanwhile", String.valueOf(load.later()), "0");
    report.add(
        "64 connections over bare insert", Report.number(Report.median(ratio)), "at least 0.3");
  }

  private void measureBacklog() throws IOException, InterruptedException, SQLException {
    database.execute("TRUNCATE TABLE deliveries");
    int backlog = (int) load.exactly(64, BACKLOG).stored();
    sink.forget();
    long start = System.nanoTime();
    operator.resume();
    awaitDeliveries(backlog);
    double seconds = (System.nanoTime() - start) / 1e9;
    report.add(
        "deliveries a second of a backlog of 100,000, one gateway",
        Report.number(backlog / seconds),
        "");
    report.add("of them sent more than once", String.valueOf(sink.repeats()), "0");
  }

  private void measureClaims() throws IOException, InterruptedException, SQLException {
    awaitNoDeliveries();
    database.execute(
        "TRUNCATE TABLE tasks",
        "TRUNCATE TABLE tasks_data",
        "TRUNCATE TABLE attempts",
        "TRUNCATE TABLE normalized_cdrs",
        "TRUNCATE TABLE cdr_keys");
    sink.forget();
    awaitDeliveries((int) load.exactly(16, FEW).stored());
    awaitNoDeliveries();
    operator.pause();
    load.exactly(16, FEW);
    Claim claim = new Claim(database, GATEWAY);
    Claim.Cost few = claim.measure();
    new History(database).growTo(MANY);
    Claim.Cost many = claim.measure();
    report.add("claim of 200 deliveries, 10,000 finished tasks behind it", text(few), "");
    report.add(
        String.format("the same, %,d finished tasks behind it", MANY),
        text(many),
        "within 10 % of it");
    report.add(
        "ratio of the two", Report.number(many.medianMicros() / few.medianMicros()), "0.9 to 1.1");
  }

  private void measureRaw() throws InterruptedException, SQLException {
    operator.pause();
    new RawIngest(server, database, key, report, new SwitchDocuments(Instant.now())).measure(ROUND);
  }

  private static String text(Claim.Cost cost) {
    return Report.number(cost.medianMicros()) + " µs, " + cost.rowsRead() + " rows read";
  }

  private void awaitDeliveries(int count) throws InterruptedException {
    sink.await(count, System.nanoTime() + LONGEST.toNanos());
  }

  /** Until the last verdict is recorded too. */
  private void awaitNoDeliveries() throws InterruptedException, SQLException {
    while (database.number("SELECT COUNT(*) FROM deliveries") > 0) {
      Thread.sleep(50);
    }
  }

  private static String machine() {
    return Runtime.getRuntime().availableProcessors()
        + " cores, JDK "
        + Runtime.version().feature();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    server.close();
    sink.close();
  }
}
