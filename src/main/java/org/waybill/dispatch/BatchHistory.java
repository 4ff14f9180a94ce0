package org.waybill.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.platform.Upkeep;

/**
 * Clears the repository of Jakarta Batch of executions that ended. Payara's own command takes one
 * job's name at a time and leaves the checkpoints behind.
 */
@ApplicationScoped
public class BatchHistory implements Upkeep {
  private static final Duration KEPT = Duration.ofDays(1);
  private static final Duration INTERVAL = Duration.ofMinutes(60);

  /** In an order that its foreign keys allow; {@code ?} is the job instance. */
  private static final List<String> DELETES =
      List.of(
          "DELETE FROM CHECKPOINTDATA WHERE id LIKE CONCAT(?, ',%')",
          """
          DELETE FROM STEPSTATUS WHERE id IN (
            SELECT s.stepexecid FROM STEPEXECUTIONINSTANCEDATA s
              JOIN EXECUTIONINSTANCEDATA e ON e.jobexecid = s.jobexecid
             WHERE e.jobinstanceid = ?)
          """,
          """
          DELETE FROM STEPEXECUTIONINSTANCEDATA WHERE jobexecid IN (
            SELECT jobexecid FROM EXECUTIONINSTANCEDATA WHERE jobinstanceid = ?)
          """,
          "DELETE FROM EXECUTIONINSTANCEDATA WHERE jobinstanceid = ?",
          "DELETE FROM JOBSTATUS WHERE id = ?",
          "DELETE FROM JOBINSTANCEDATA WHERE jobinstanceid = ?");

  private final Database database;
  private final Clock clock;

  @Inject
  public BatchHistory(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected BatchHistory() {
    this(null, null);
  }

  @Override
  public String what() {
    return "WB-DISPATCH-20 Ended batch jobs";
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  /** A transaction each, so that none is long. */
  @Override
  public void purge() {
    Instant before = clock.instant().minus(KEPT);
    for (long instance :
        database.read("find ended jobs", connection -> ended(connection, before))) {
      database.transact("clear a job away", connection -> delete(connection, instance));
    }
  }

  private static List<Long> ended(Connection connection, Instant before) throws SQLException {
    String sql =
        """
        SELECT jobinstanceid FROM EXECUTIONINSTANCEDATA
        GROUP BY jobinstanceid
        HAVING MAX(COALESCE(endtime, updatetime)) < ?
           AND SUM(batchstatus IN ('COMPLETED', 'FAILED', 'STOPPED', 'ABANDONED')) = COUNT(*)
        """;
    List<Long> instances = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, Columns.utc(before));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          instances.add(rows.getLong(1));
        }
      }
    }
    return instances;
  }

  private static int delete(Connection connection, long instance) throws SQLException {
    int rows = 0;
    for (String sql : DELETES) {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setLong(1, instance);
        rows += delete.executeUpdate();
      }
    }
    return rows;
  }
}
