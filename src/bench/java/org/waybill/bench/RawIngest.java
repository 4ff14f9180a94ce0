package org.waybill.bench;

import java.sql.SQLException;
import java.time.Duration;
import org.waybill.bench.Load.Outcome;

/**
 * Raw documents of a FreeSWITCH over HTTP, beside reading them alone, and what they take on disk.
 */
final class RawIngest {
  private static final int ROUNDS = 3;
  private static final int CONNECTIONS = 64;
  private static final int WARM_UP = 20_000;

  private final ServerUnderTest server;
  private final Load load;
  private final ReadingAlone reading;
  private final Disk disk;
  private final Report report;

  RawIngest(
      ServerUnderTest server,
      BenchDatabase database,
      String key,
      Report report,
      Documents documents) {
    this.server = server;
    this.load = new Load(server.url(), key, documents);
    this.reading = new ReadingAlone(database, documents);
    this.disk = new Disk(database);
    this.report = report;
  }

  /** With the gateways paused. */
  void measure(Duration round) throws InterruptedException, SQLException {
    load.exactly(CONNECTIONS, WARM_UP);
    reading.perSecond(round);
    disk.empty();
    double[] http = new double[ROUNDS];
    double[] alone = new double[ROUNDS];
    double[] ratio = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      CpuTime before = CpuTime.now(server.process());
      Outcome outcome = load.during(CONNECTIONS, round);
      String cost = CpuTime.now(server.process()).each(before, outcome.stored());
      http[i] = outcome.perSecond();
      alone[i] = reading.perSecond(round);
      ratio[i] = http[i] / alone[i];
      System.out.printf(
          "round %d: %.0f over HTTP (%s), %.0f read alone%n", i, http[i], cost, alone[i]);
    }
    report.add(
        "durable FreeSWITCH documents a second over HTTP, connections: " + CONNECTIONS,
        Report.number(Report.median(http)),
        "");
    report.add(
        "the same documents read, mapped and validated alone, all cores",
        Report.number(Report.median(alone)),
        "");
    report.add("over HTTP over alone", Report.number(Report.median(ratio)), "");
    report.add("requests answered 503 meanwhile", String.valueOf(load.later()), "0");
    measureDisk();
  }

  private void measureDisk() throws SQLException {
    report.add(
        "bytes on disk of one with its CDR, keys and task", Report.number(disk.ofEach()), "");
    double[] documents = disk.documents();
    report.add(
        "of these, raw document and CDR as they are kept, packed", Report.number(documents[0]), "");
    report.add(
        "the two as they came, unpacked",
        Report.number(documents[1]),
        "at least twice the line above");
  }
}
