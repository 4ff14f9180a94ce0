package org.waybill.report;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.waybill.platform.ProblemException;
import org.waybill.testing.TestDatabase;

class CallStatisticsTest {
  private static final Instant FIRST = Instant.parse("2026-09-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2026-11-01T00:00:00Z");

  private final TestDatabase db = TestDatabase.fresh();

  @Test
  void saysWhatToAskForInsteadWhenNumbersTakeLongerThanAPersonWaits() throws Exception {
    CallStatistics statistics = new CallStatistics(db.database(), Duration.ofSeconds(1));
    CallQuestion question = new CallQuestion(FIRST, LAST, null, CallGroup.CALLING_NUMBER);
    try (Connection other = db.dataSource().getConnection();
        Statement lock = other.createStatement()) {
      lock.execute("LOCK TABLES number_sums WRITE");
      assertThatThrownBy(() -> statistics.ask(question, null, 10))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("Ask for less time, or for one organization.");
      lock.execute("UNLOCK TABLES");
    }
  }
}
