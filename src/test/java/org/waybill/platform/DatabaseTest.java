package org.waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Statement;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.waybill.testing.TestDatabase;

class DatabaseTest {
  private final TestDatabase db = TestDatabase.fresh();

  @Test
  void commitsNothingOfWorkThatBreaksOffForWhateverReason() {
    db.execute("CREATE TABLE things (id INT PRIMARY KEY)");
    List<Supplier<Throwable>> reasons =
        List.of(
            () -> new IllegalStateException("a fault of ours"),
            () -> new OutOfMemoryError("a fault of the machine's"));
    for (Supplier<Throwable> reason : reasons) {
      assertThatThrownBy(() -> insertAndThrow(reason.get())).hasMessageStartingWith("a fault of");
      assertThat(db.count("SELECT COUNT(*) FROM things")).isZero();
    }
  }

  private void insertAndThrow(Throwable reason) {
    db.database()
        .transact(
            "try",
            connection -> {
              try (Statement insert = connection.createStatement()) {
                insert.executeUpdate("INSERT INTO things VALUES (1)");
              }
              if (reason instanceof Error error) {
                throw error;
              }
              throw (RuntimeException) reason;
            });
  }
}
