package org.waybill.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real MySQL server for tests, from a directory with {@code bin/mysqld}; ended with the JVM. */
final class MySqlServer {
  /** Of its user root: a pool of the server cannot be given an empty one. */
  static final String PASSWORD = "test";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path home;
  private final Path directory;

  MySqlServer(Path home, Path directory) {
    this.home = home.toAbsolutePath();
    this.directory = directory.toAbsolutePath();
  }

  /** Starts it and returns its JDBC address, up to and with the last slash. */
  String start() {
    try {
      Files.createDirectories(directory);
      int port = freePort();
      run("--initialize-insecure").waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      Process server = run("--port=" + port, "--bind-address=127.0.0.1", "--mysqlx=OFF");
      Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
      String url = "jdbc:mysql://127.0.0.1:" + port + "/";
      awaitConnection(url, server);
      return url;
    } catch (IOException e) {
      throw new IllegalStateException("MySQL did not start from " + home, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while MySQL was starting.", e);
    }
  }

  private Process run(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                home.resolve("bin/mysqld").toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + home,
                "--datadir=" + directory.resolve("data"),
                "--socket=" + directory.resolve("socket"),
                "--pid-file=" + directory.resolve("pid"),
                "--innodb-flush-log-at-trx-commit=0",
                "--sync-binlog=0"));
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("mysqld.log").toFile()))
        .start();
  }

  private void awaitConnection(String url, Process server) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        Connection root = DriverManager.getConnection(url + "?sslMode=DISABLED&user=root");
        try (root;
            Statement statement = root.createStatement()) {
          statement.execute("ALTER USER root@localhost IDENTIFIED BY '" + PASSWORD + "'");
        }
        return;
      } catch (SQLException e) {
        if (!server.isAlive() || Instant.now().isAfter(deadline)) {
          throw new IllegalStateException("See " + directory.resolve("mysqld.log"), e);
        }
        Thread.sleep(200);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
