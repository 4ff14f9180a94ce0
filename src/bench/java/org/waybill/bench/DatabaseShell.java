package org.waybill.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * MariaDB's own client as root over the socket of the server's database: what loads and watches it
 * may do more than the server itself.
 */
final class DatabaseShell {
  private final Path program;
  private final Path data;

  /**
   * @param data the data directory of a server that runs
   */
  DatabaseShell(Path data) throws IOException {
    this.data = data.toAbsolutePath();
    try (Stream<Path> files = Files.walk(this.data.resolve("runtime"), 4)) {
      this.program =
          files.filter(file -> file.endsWith("mariadb/bin/mariadb")).findFirst().orElseThrow();
    }
  }

  /** Rows as lines, columns with tabs between, the names of the columns first. */
  String run(String sql) throws IOException, InterruptedException {
    File answer = File.createTempFile("answer", ".txt");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--socket=" + data.resolve("database.sock"),
                "--user=root",
                "--skip-ssl",
                "--default-character-set=utf8mb4",
                "--table",
                "waybill")
            .redirectErrorStream(true)
            .redirectOutput(answer)
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(sql.getBytes(UTF_8));
    }
    int status = process.waitFor();
    String text = Files.readString(answer.toPath());
    Files.delete(answer.toPath());
    if (status != 0) {
      throw new IOException(
          "The database refused it (" + text.strip() + "): " + sql.lines().limit(3).toList());
    }
    return text;
  }

  /** The only column of the only row. */
  String value(String sql) throws IOException, InterruptedException {
    String[] lines = run(sql).split("\n", -1);
    return lines[3].substring(1, lines[3].length() - 1).strip();
  }
}
