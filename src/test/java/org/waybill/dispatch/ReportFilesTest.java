package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.cdr.NewCdr;
import org.waybill.cdr.Variable;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;

/** CDR reports as files. */
class ReportFilesTest {
  private static final NewTask TASK =
      new NewTask("CDRReport", Priority.MEDIUM, List.of(), "<task type=\"CDRReport\"/>");

  @TempDir private Path directory;
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void writesFilesThatProveThemselvesWhole() throws Exception {
    house.gateway("report", directory.toUri());
    house.pace = new ReportPace(Duration.ofMillis(20), 2);
    house.start();
    house.post(
        List.of(TASK, TASK),
        List.of(
            house.cdr(new Variable("call_id", "1"), new Variable("duration", "90")),
            house.cdr(
                new Variable("call_id", "2"),
                new Variable("billsec", "10"),
                new Variable("operator_name", "a, \"b\""))));
    awaitAllDone();
    assertThat(files()).hasSize(1);
    assertThat(files().get(0).getFileName().toString())
        .matches("cdr-report-1-000000000001-\\d{8}T\\d{6}Z\\.csv\\.gz");
    String text = text(files().get(0));
    List<String> lines = text.lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("call_id,initiator_phone,").endsWith(",number_of_events");
    assertThat(lines.get(1)).startsWith("1,,,,20").endsWith("Z,90,,,,0,0");
    assertThat(lines.get(2)).startsWith("2,,,,20").endsWith("Z,10,,\"a, \"\"b\"\"\",,0,0");
    String content = text.substring(0, text.indexOf("TRAILER"));
    assertThat(lines.get(3)).isEqualTo("TRAILER,2,100,1," + sha256(content));
  }

  @Test
  void leavesNoGapInTheNumbersWhenItDiesBetweenFileAndRecord() throws Exception {
    house.gateway("report", directory.toUri());
    house.pace = new ReportPace(Duration.ofMillis(20), 3);
    report(0, 3);
    byte[] first;
    String name;
    House.Node dead;
    try (Connection other = house.db.dataSource().getConnection()) {
      other.setAutoCommit(false);
      lockTasks(other);
      dead = house.start();
      House.await(() -> !files().isEmpty() && !waitingForTasks().isEmpty());
      dead.freeze();
      house.db.execute("KILL " + waitingForTasks());
      other.rollback();
    }
    name = files().get(0).getFileName().toString();
    first = Files.readAllBytes(files().get(0));
    Files.delete(files().get(0)); // Its consumer has fetched it.
    house.start();
    report(3, 9);
    awaitAllDone();
    assertThat(files()).hasSize(4);
    assertThat(files().get(0)).hasFileName(name).hasBinaryContent(first);
    List<String> calls = new ArrayList<>();
    for (int number = 1; number <= files().size(); number++) {
      Path file = files().get(number - 1);
      assertThat(file.getFileName().toString()).contains("-00000000000" + number + "-");
      text(file).lines().skip(1).filter(line -> !line.startsWith("T")).forEach(calls::add);
    }
    assertThat(calls.stream().map(line -> line.substring(0, line.indexOf(','))))
        .containsExactlyElementsOf(IntStream.range(0, 12).mapToObj(Integer::toString).toList());
  }

  @Test
  void waitsVisiblyForADirectoryAndKeepsTheOrder() throws Exception {
    Path missing = directory.resolve("later");
    house.gateway("report", missing.toUri());
    house.pace = new ReportPace(Duration.ofMillis(20), 2);
    house.start();
    report(0, 6);
    House.await(() -> house.one("SELECT state FROM gateway_circuits").equals("open"));
    assertThat(house.one("SELECT reason FROM gateway_circuits"))
        .isEqualTo("Make the directory " + missing + ": it is not there");
    assertThat(house.one("SELECT COUNT(*) FROM report_batches")).isEqualTo("1");
    Files.createDirectory(missing);
    House.await(
        () -> {
          house.clock.leap(Duration.ofSeconds(5));
          return house.one("SELECT COUNT(*) FROM tasks WHERE done <> 'y'").equals("0");
        });
    assertThat(house.one("SELECT MAX(retry) FROM tasks")).isEqualTo("0");
    try (Stream<Path> files = Files.list(missing)) {
      assertThat(files).hasSize(3);
    }
  }

  private void lockTasks(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT id FROM tasks FOR UPDATE");
    }
  }

  private String waitingForTasks() {
    return house.one(
        """
        SELECT COALESCE(MAX(id), '') FROM information_schema.PROCESSLIST
         WHERE info LIKE 'SELECT id, TableSuffix, done%FOR UPDATE' AND db = DATABASE()
        """);
  }

  private void report(int from, int calls) {
    List<NewCdr> cdrs =
        IntStream.range(from, from + calls)
            .mapToObj(call -> house.cdr(new Variable("call_id", Integer.toString(call))))
            .toList();
    house.post(Collections.nCopies(calls, TASK), cdrs);
  }

  private void awaitAllDone() {
    House.await(
        () -> house.one("SELECT COUNT(*) FROM tasks WHERE done <> 'y'").equals("0"),
        () -> house.one("SELECT GROUP_CONCAT(error) FROM attempts"));
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String sha256(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
