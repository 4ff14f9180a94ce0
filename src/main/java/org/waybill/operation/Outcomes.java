package org.waybill.operation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Where;

/** The table {@code operation_outcomes}: what came of each item, for a while. */
final class Outcomes {
  static final int DAYS_KEPT = 30;
  private static final int ITEM = 255;
  private static final int SENTENCE = 1000;

  private Outcomes() {}

  /** Numbers them on from those that there are already. */
  static void insert(Connection connection, long operation, long before, List<ItemOutcome> outcomes)
      throws SQLException {
    String sql =
        """
        INSERT INTO operation_outcomes (id_operations, number, item, ok, sentence, unchanged, detail)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """;
    long number = before;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (ItemOutcome outcome : outcomes) {
        insert.setLong(1, operation);
        insert.setLong(2, ++number);
        insert.setString(3, cut(outcome.item(), ITEM));
        insert.setBoolean(4, outcome.ok());
        insert.setString(5, cut(outcome.sentence(), SENTENCE));
        insert.setBoolean(6, outcome.unchanged());
        insert.setString(7, outcome.detail());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  static List<NumberedOutcome> list(Connection connection, Where where, int limit)
      throws SQLException {
    String sql =
        "SELECT number, item, ok, unchanged, sentence, detail FROM operation_outcomes WHERE "
            + where.sql()
            + " ORDER BY number LIMIT ?";
    List<NumberedOutcome> outcomes = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      where.bind(select, limit);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ItemOutcome outcome =
              new ItemOutcome(
                  row.getString("item"),
                  row.getBoolean("ok"),
                  row.getBoolean("unchanged"),
                  row.getString("sentence"),
                  row.getString("detail"));
          outcomes.add(new NumberedOutcome(row.getLong("number"), outcome));
        }
      }
    }
    return outcomes;
  }

  /**
   * Deletes some outcomes of an operation that ended long ago; the operation itself stays.
   *
   * @return how many; 0 when no more is to be done
   */
  static int purge(Connection connection, int limit) throws SQLException {
    Long operation = oldest(connection);
    if (operation == null) {
      return 0;
    }
    String sql = "DELETE FROM operation_outcomes WHERE id_operations = ? ORDER BY number LIMIT ?";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setLong(1, operation);
      delete.setInt(2, limit);
      return delete.executeUpdate();
    }
  }

  private static @Nullable Long oldest(Connection connection) throws SQLException {
    String sql =
        """
        SELECT id FROM operations o WHERE finished_at < UTC_TIMESTAMP(3) - INTERVAL ? DAY
           AND EXISTS (SELECT 1 FROM operation_outcomes p WHERE p.id_operations = o.id)
         ORDER BY id LIMIT 1
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, DAYS_KEPT);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : null;
      }
    }
  }

  /** Not through the middle of a character, which the database would refuse. */
  private static String cut(String text, int characters) {
    return text.codePointCount(0, text.length()) <= characters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, characters));
  }
}
