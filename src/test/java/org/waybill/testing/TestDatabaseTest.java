package org.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {
  @Test
  void migratesToTheDocumentedTables() {
    Integer tables =
        TestDatabase.fresh()
            .database()
            .read(
                "count tables",
                connection -> {
                  try (ResultSet rows =
                      connection
                          .createStatement()
                          .executeQuery(
                              "SELECT COUNT(*) FROM information_schema.tables WHERE"
                                  + " table_schema = DATABASE() AND table_name IN"
                                  + " ('normalized_cdrs','tasks','tasks_data','tasks_error')")) {
                    rows.next();
                    return rows.getInt(1);
                  }
                });
    assertThat(tables).isEqualTo(4);
  }
}
