package org.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waybill.testing.TestDatabase;

class BatchHistoryTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  private final TestDatabase database = TestDatabase.fresh();

  /** The columns and keys of Payara's batch repository that matter here. */
  @BeforeEach
  void makeARepository() {
    database.execute(
        "CREATE TABLE JOBINSTANCEDATA (jobinstanceid BIGINT PRIMARY KEY, name VARCHAR(512))",
        "CREATE TABLE EXECUTIONINSTANCEDATA (jobexecid BIGINT PRIMARY KEY, jobinstanceid BIGINT,"
            + " endtime TIMESTAMP NULL, updatetime TIMESTAMP NULL, batchstatus VARCHAR(512),"
            + " FOREIGN KEY (jobinstanceid) REFERENCES JOBINSTANCEDATA (jobinstanceid))",
        "CREATE TABLE STEPEXECUTIONINSTANCEDATA (stepexecid BIGINT PRIMARY KEY, jobexecid BIGINT,"
            + " FOREIGN KEY (jobexecid) REFERENCES EXECUTIONINSTANCEDATA (jobexecid))",
        "CREATE TABLE JOBSTATUS (id BIGINT PRIMARY KEY,"
            + " FOREIGN KEY (id) REFERENCES JOBINSTANCEDATA (jobinstanceid))",
        "CREATE TABLE STEPSTATUS (id BIGINT PRIMARY KEY,"
            + " FOREIGN KEY (id) REFERENCES STEPEXECUTIONINSTANCEDATA (stepexecid))",
        "CREATE TABLE CHECKPOINTDATA (id VARCHAR(512), obj BLOB)");
  }

  @Test
  void clearsAwayWhatEndedADayAgoWithItsCheckpoints() {
    add(1, "COMPLETED", "2026-11-20 11:00:00");
    add(11, "FAILED", "2026-11-20 11:00:00");
    new BatchHistory(database.database(), NOON).purge();
    for (String table :
        new String[] {
          "JOBINSTANCEDATA",
          "EXECUTIONINSTANCEDATA",
          "STEPEXECUTIONINSTANCEDATA",
          "JOBSTATUS",
          "STEPSTATUS",
          "CHECKPOINTDATA"
        }) {
      assertThat(count(table)).as(table).isZero();
    }
  }

  @Test
  void leavesWhatRunsOrEndedLately() {
    add(1, "STARTED", "2026-11-01 11:00:00");
    add(2, "STOPPED", "2026-11-21 11:00:00");
    add(12, "COMPLETED", "2026-11-01 11:00:00");
    new BatchHistory(database.database(), NOON).purge();
    assertThat(count("JOBINSTANCEDATA")).isEqualTo(2);
    assertThat(count("CHECKPOINTDATA")).isEqualTo(2);
  }

  private void add(int id, String status, String time) {
    database.execute(
        "INSERT INTO JOBINSTANCEDATA VALUES (" + id + ", 'CDRToSGAPI')",
        "INSERT INTO EXECUTIONINSTANCEDATA VALUES (%1$d, %1$d, '%2$s', '%2$s', '%3$s')"
            .formatted(id, time, status),
        "INSERT INTO STEPEXECUTIONINSTANCEDATA VALUES (%1$d, %1$d)".formatted(id),
        "INSERT INTO JOBSTATUS VALUES (" + id + ")",
        "INSERT INTO STEPSTATUS VALUES (" + id + ")",
        "INSERT INTO CHECKPOINTDATA VALUES ('" + id + ",READER,step', '')");
  }

  private long count(String table) {
    return database
        .database()
        .read(
            "count",
            connection -> {
              try (ResultSet rows =
                  connection.createStatement().executeQuery("SELECT COUNT(*) FROM " + table)) {
                rows.next();
                return rows.getLong(1);
              }
            });
  }
}
