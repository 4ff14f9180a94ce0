package org.waybill.platform;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Short JDBC transactions over the server's pool, READ COMMITTED. A transaction that lost a race
 * (deadlock, lock wait, changed record, serialization failure) is rolled back and run again, so its
 * work must not have effects outside the connection.
 *
 * <p>Not for use inside a JTA transaction: JPA repositories have their own.
 */
@ApplicationScoped
public class Database {
  private static final int TRIES = 5;
  private static final int MYSQL_LOCK_WAIT = 1205;
  private static final int MYSQL_DEADLOCK = 1213;
  private static final int MARIADB_CHECKREAD = 1020;
  private static final int MYSQL_TABLE_CHANGED = 1412;
  private static final Set<Integer> LOST_RACES =
      Set.of(MYSQL_LOCK_WAIT, MYSQL_DEADLOCK, MARIADB_CHECKREAD);

  @Resource(lookup = "jdbc/waybill")
  private @Nullable DataSource dataSource;

  protected Database() {}

  public Database(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Work in one transaction. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    T run(Connection connection) throws SQLException;
  }

  /** Runs the work in one transaction and returns after its durable commit. */
  public <T extends @Nullable Object> T transact(String stage, Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(work);
      } catch (SQLException e) {
        if (attempt == TRIES || !lostRace(e)) {
          throw new DatabaseException(stage, e);
        }
        pause(attempt);
      }
    }
  }

  /** Runs reads on one connection, each statement in its own snapshot. */
  public <T extends @Nullable Object> T read(String stage, Work<T> work) {
    try (Connection connection = connection()) {
      return work.run(connection);
    } catch (SQLException e) {
      throw new DatabaseException(stage, e);
    } catch (UndeclaredThrowableException e) {
      throw new DatabaseException(stage, hidden(e));
    }
  }

  /**
   * Runs reads in one snapshot, so that what several statements say fits together. Run again when a
   * table was changed meanwhile, as by a day that leaves.
   */
  public <T extends @Nullable Object> T snapshot(String stage, Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(connection -> repeatably(connection, work));
      } catch (SQLException e) {
        if (attempt == TRIES || e.getErrorCode() != MYSQL_TABLE_CHANGED) {
          throw new DatabaseException(stage, e);
        }
      }
    }
  }

  /** Whether the same work may succeed when it is run again. */
  public static boolean lostRace(SQLException e) {
    return LOST_RACES.contains(e.getErrorCode()) || "40001".equals(e.getSQLState());
  }

  /** The isolation is set before the transaction's first statement, and for it alone. */
  private static <T extends @Nullable Object> T repeatably(Connection connection, Work<T> work)
      throws SQLException {
    try (Statement set = connection.createStatement()) {
      set.execute("COMMIT");
      set.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      set.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
    }
    return work.run(connection);
  }

  private <T extends @Nullable Object> T once(Work<T> work) throws SQLException {
    try (Connection connection = connection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (Throwable e) { // an Error, too: what follows would commit half of the work
        rollback(connection, e);
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (UndeclaredThrowableException e) {
      throw hidden(e);
    }
  }

  /** Payara's pool hides so what the driver says of a connection that is gone. */
  private static SQLException hidden(UndeclaredThrowableException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException found) {
        return found;
      }
    }
    throw e;
  }

  private static void rollback(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private Connection connection() throws SQLException {
    if (dataSource == null) {
      throw new SQLException("The data source jdbc/waybill is not defined on this server.");
    }
    return dataSource.getConnection();
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(1, 10L << attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
