package org.waybill.bench;

import java.time.Duration;
import java.util.stream.Stream;

/** What the server, its database and this client spent of the processors: steadier than a clock. */
record CpuTime(Duration server, Duration database, Duration client) {
  static CpuTime now(ProcessHandle server) {
    Duration children = sum(server.descendants());
    return new CpuTime(sum(Stream.of(server)), children, sum(Stream.of(ProcessHandle.current())));
  }

  private static Duration sum(Stream<ProcessHandle> processes) {
    return processes
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Microseconds each, for so many CDRs. */
  String each(CpuTime before, long count) {
    return String.format(
        "CPU us a CDR: server %d, database %d, client %d",
        server.minus(before.server).toNanos() / 1000 / Math.max(1, count),
        database.minus(before.database).toNanos() / 1000 / Math.max(1, count),
        client.minus(before.client).toNanos() / 1000 / Math.max(1, count));
  }
}
