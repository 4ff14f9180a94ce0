package org.waybill.bench;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The server's own database, reached beside it with the server's own driver options. */
final class BenchDatabase {
  private final MysqlDataSource dataSource = new MysqlDataSource();

  BenchDatabase(int port, String password) {
    dataSource.setUrl(
        "jdbc:mysql://127.0.0.1:"
            + port
            + "/waybill?sslMode=DISABLED&allowPublicKeyRetrieval=true&rewriteBatchedStatements=true"
            + "&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true"
            + "&cachePrepStmts=true&prepStmtCacheSize=500&prepStmtCacheSqlLimit=16384&sessionVariables=transaction_isolation='READ-COMMITTED'");
    dataSource.setUser("waybill");
    dataSource.setPassword(password);
  }

  DataSource dataSource() {
    return dataSource;
  }

  Connection connect() throws SQLException {
    return dataSource.getConnection();
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  long number(String sql) throws SQLException {
    try (Connection connection = connect()) {
      return number(connection, sql);
    }
  }

  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  String text(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Transactions that were committed since the database started, whoever did. */
  long commits() throws SQLException {
    return number(
        "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS"
            + " WHERE VARIABLE_NAME = 'COM_COMMIT'");
  }
}
