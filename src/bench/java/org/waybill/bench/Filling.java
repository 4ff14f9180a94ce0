package org.waybill.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * Makes a history as large as that of a busy site: CDRs over some weeks with two tasks each. The
 * rows are made by the database itself (src/bench/screens); sums are folded by the server.
 */
final class Filling {
  static final Path STATEMENTS = Path.of("src/bench/screens");
  private static final long CHUNK = 50_000;
  private static final int CONNECTIONS = 2;

  private final DatabaseShell shell;
  private final long cdrs;
  private final int days;
  private final Instant begin;

  Filling(DatabaseShell shell, long cdrs, int days) {
    this.shell = shell;
    this.cdrs = cdrs;
    this.days = days;
    this.begin = Instant.now().minus(days, ChronoUnit.DAYS);
  }

  void run() throws IOException, InterruptedException, ExecutionException {
    shell.run(statements("before.sql", 0, 0));
    ExecutorService pool = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      String chunk = Files.readString(STATEMENTS.resolve("chunk.sql"));
      for (Future<String> done :
          pool.invokeAll(
              LongStream.range(0, (cdrs + CHUNK - 1) / CHUNK)
                  .<Callable<String>>mapToObj(number -> () -> shell.run(chunk(chunk, number)))
                  .toList())) {
        done.get();
      }
    } finally {
      pool.shutdown();
    }
    shell.run(statements("after.sql", 0, 0));
    while (!shell.value("SELECT COUNT(*) FROM cdr_ranges").equals("0")) {
      Thread.sleep(1000);
    }
  }

  private String chunk(String text, long number) {
    long first = number * CHUNK + 1;
    System.out.printf("%s CDRs from %,d%n", Instant.now(), first);
    return filled(text, first, Math.min(cdrs, first + CHUNK - 1));
  }

  private String statements(String file, long first, long last) throws IOException {
    return filled(Files.readString(STATEMENTS.resolve(file)), first, last);
  }

  private String filled(String text, long first, long last) {
    return text.replace("${first}", String.valueOf(first))
        .replace("${last}", String.valueOf(last))
        .replace("${cdrs}", String.valueOf(cdrs))
        .replace("${days}", String.valueOf(days))
        .replace("${begin}", String.valueOf(begin.getEpochSecond()));
  }
}
