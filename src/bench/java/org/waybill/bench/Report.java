package org.waybill.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The figures of one run as a Markdown table. */
final class Report {
  private final List<String> lines = new ArrayList<>();

  void add(String what, String figure, String goal) {
    String line = "| " + what + " | " + figure + " | " + goal + " |";
    lines.add(line);
    System.out.println(line);
  }

  void write(Path file, String machine) throws IOException {
    String head =
        """
        # Benchmarks

        Written by `mvn -Pbench` (%s; %s), one run. The load client, the server, its embedded database (flushed at each commit) and the
        gateway share the machine, so ratios mean more than figures. What is measured, and how, is in `src/bench`.

        | what | measured | goal |
        |---|---|---|
        """
            .formatted(LocalDate.now(ZoneOffset.UTC), machine);
    Files.writeString(file, head + String.join("\n", lines) + "\n" + Files.readString(NOTES));
  }

  private static final Path NOTES = Path.of("src/bench/notes.md");

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.0f", value);
  }
}
