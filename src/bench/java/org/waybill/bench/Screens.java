package org.waybill.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * How long every page and every list takes with a large history behind it: {@code Screens <jar>
 * <data directory> <report> <plans>}. The history is made once and kept for the next run.
 */
public final class Screens {
  private static final long CDRS = Long.getLong("bench.cdrs", 5_000_000);
  private static final int DAYS = Integer.getInteger("bench.days", 60);
  private static final int TIMES = Integer.getInteger("bench.times", 30);

  private static final String HEAD =
      """
      # How quickly the console answers

      Written by `mvn -Pbench package exec:exec@screens` (%s; 2 cores, JDK 17), one run: %,d CDRs and %,d tasks of 60 days and 200 organizations.

      """;

  private Screens() {}

  public static void main(String[] arguments) throws Exception {
    Path jar = Path.of(arguments[0]);
    Path data = Path.of(arguments[1], "screens-" + CDRS);
    if (!Files.exists(data.resolve("filled"))) {
      fill(jar, data);
    }
    try (ServerUnderTest server = start(jar, data)) {
      String painted = FirstPaint.measure(server);
      ScreenTimes.Measured measured =
          new ScreenTimes(server, new DatabaseShell(data)).measure(TIMES);
      String notes = Files.readString(Filling.STATEMENTS.resolve("notes.md"));
      String head = HEAD.formatted(LocalDate.now(ZoneOffset.UTC), CDRS, 2 * CDRS);
      Files.writeString(
          Path.of(arguments[2]), head + painted + "\n" + measured.table() + "\n" + notes);
      Files.writeString(Path.of(arguments[3]), measured.plans());
    }
  }

  private static void fill(Path jar, Path data)
      throws IOException, InterruptedException, ExecutionException {
    try (ServerUnderTest server = start(jar, data)) {
      System.out.println("Filling the database behind " + server.url());
      new Filling(new DatabaseShell(data), CDRS, DAYS).run();
    }
    Files.createFile(data.resolve("filled"));
  }

  private static ServerUnderTest start(Path jar, Path data) throws IOException {
    return ServerUnderTest.start(
        jar, data, Map.of("WAYBILL_STORAGE_GATEWAYS", "http://127.0.0.1:9/storage"));
  }
}
