package org.waybill.operation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Database;
import org.waybill.testing.TestDatabase;

/**
 * Counts each item up by one, in the table {@code counted}: what is done twice is 2. The filter is
 * the JSON number of the greatest failing item.
 */
final class Counting implements OperationKind {
  static final String NAME = "test.count";

  private final Database database;
  Runnable atBegin = () -> {};
  Runnable beforeCommit = () -> {};

  Counting(Database database) {
    this.database = database;
  }

  static void createTable(TestDatabase db, int items) {
    db.execute(
        "CREATE TABLE counted (id INT PRIMARY KEY AUTO_INCREMENT, times INT NOT NULL DEFAULT 0)");
    add(db, items);
  }

  static void add(TestDatabase db, int items) {
    db.execute("INSERT INTO counted (times) VALUES (0)" + ",(0)".repeat(items - 1));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Selection select(String filter) {
    return database.read(
        "count",
        connection -> {
          String sql = "SELECT COUNT(*), MAX(id) FROM counted";
          try (ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return new Selection(row.getLong(1), row.getString(2));
          }
        });
  }

  @Override
  public List<String> page(Order order, @Nullable String after, int limit) {
    String sql = "SELECT id FROM counted WHERE id > ? AND id <= ? ORDER BY id LIMIT ?";
    return database.read(
        "page",
        connection -> {
          List<String> ids = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, after == null ? 0 : Integer.parseInt(after));
            select.setString(2, order.upTo());
            select.setInt(3, limit);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                ids.add(row.getString(1));
              }
            }
          }
          return ids;
        });
  }

  @Override
  public int pageSize() {
    return 40;
  }

  @Override
  public Work begin(Order order, List<String> items) {
    atBegin.run();
    return connection -> count(connection, Integer.parseInt(order.filter()), items);
  }

  private List<ItemOutcome> count(Connection connection, int failing, List<String> items)
      throws SQLException {
    List<ItemOutcome> outcomes = new ArrayList<>();
    for (String item : items) {
      if (Integer.parseInt(item) <= failing) {
        throw new IllegalStateException("Item " + item + " is broken.");
      }
      try (PreparedStatement update =
          connection.prepareStatement("UPDATE counted SET times = times + 1 WHERE id = ?")) {
        update.setString(1, item);
        update.executeUpdate();
      }
      outcomes.add(ItemOutcome.ok(item, "Counted."));
    }
    beforeCommit.run();
    return outcomes;
  }
}
