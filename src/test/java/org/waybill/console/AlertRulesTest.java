package org.waybill.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

  @Test
  void saysOfEachAlertWhatIsWrongWhatToDoAndWhereToReadMore() throws IOException {
    List<AlertRules.Rule> rules = AlertRules.all();
    assertThat(rules)
        .hasSizeGreaterThan(20)
        .extracting(AlertRules.Rule::name)
        .doesNotHaveDuplicates();
    for (AlertRules.Rule rule : rules) {
      assertThat(rule.expression()).as(rule.name()).isNotEmpty();
      assertThat(rule.summary()).as(rule.name()).endsWith(".\"");
      assertThat(rule.description()).as(rule.name()).endsWith(".\"");
      String[] place = rule.runbook().split("#", -1);
      assertThat(anchors(Path.of(place[0]))).as(rule.name()).contains(place[1]);
    }
  }

  @Test
  void holdsWhatPrometheusItselfMakesOfTheRules() throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(PROMTOOL) || System.getenv("CI") != null,
        "promtool is not installed: apt-get install prometheus");
    promtool("check", "rules", AlertRules.FILE.toString());
    promtool("test", "rules", "src/test/resources/prometheus/waybill-alerts-test.yaml");
  }

  private static void promtool(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(PROMTOOL.toString()).redirectErrorStream(true);
    builder.command().addAll(List.of(arguments));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("SUCCESS");
  }

  /** As GitHub makes them of headings. */
  private static List<String> anchors(Path document) throws IOException {
    return Files.readAllLines(document).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .collect(Collectors.toList());
  }
}
