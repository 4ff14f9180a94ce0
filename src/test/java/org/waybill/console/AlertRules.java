package org.waybill.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The rules in {@code docs/prometheus}, written so plainly that their lines can be read. */
final class AlertRules {
  static final Path FILE = Path.of("docs/prometheus/waybill-alerts.yaml");

  private static final String BEGIN = "      - alert: ";

  private AlertRules() {}

  /** One of them; what it lacks is empty. */
  record Rule(String name, String expression, String summary, String description, String runbook) {}

  static List<Rule> all() {
    try {
      return Arrays.stream(Files.readString(FILE).split("(?m)^" + BEGIN, -1))
          .skip(1)
          .map(AlertRules::rule)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Rule rule(String block) {
    return new Rule(
        block.lines().findFirst().orElse(""),
        value(block, "        expr: "),
        value(block, "          summary: "),
        value(block, "          description: "),
        value(block, "          runbook: "));
  }

  private static String value(String block, String key) {
    return block
        .lines()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()))
        .findFirst()
        .orElse("");
  }
}
