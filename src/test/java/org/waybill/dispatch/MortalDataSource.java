package org.waybill.dispatch;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A node's way to the database, until the node dies. */
final class MortalDataSource implements DataSource {
  private final DataSource living;
  private final AtomicBoolean dead;

  MortalDataSource(DataSource living, AtomicBoolean dead) {
    this.living = living;
    this.dead = dead;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (dead.get()) {
      throw new SQLException("This node is dead.");
    }
    return living.getConnection();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return living.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    living.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    living.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return living.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("org.waybill");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return living.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return living.isWrapperFor(type);
  }
}
