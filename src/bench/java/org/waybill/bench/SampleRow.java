package org.waybill.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A row as the server stored it, to be inserted again under other keys. */
final class SampleRow {
  private final String insert;
  private final List<Object> values;

  private SampleRow(String insert, List<Object> values) {
    this.insert = insert;
    this.values = values;
  }

  /**
   * @param columns those that the server names when it inserts; {@code set} replaces their first
   *     values by others
   */
  static SampleRow read(Connection connection, String table, String columns) throws SQLException {
    int count = columns.split(",").length;
    String sql = "SELECT " + columns + " FROM " + table + " ORDER BY 1 DESC LIMIT 1";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      List<Object> values = new ArrayList<>();
      for (int column = 1; column <= count; column++) {
        values.add(row.getObject(column));
      }
      return new SampleRow("INSERT INTO " + table + " (" + columns + ") VALUES ", values);
    }
  }

  /** Inserts as many rows as there are keys for, in one statement. */
  PreparedStatement insert(Connection connection, List<Object[]> keys) throws SQLException {
    String marks = "(" + String.join(",", Collections.nCopies(values.size(), "?")) + ")";
    PreparedStatement statement =
        connection.prepareStatement(
            insert + String.join(",", Collections.nCopies(keys.size(), marks)),
            Statement.RETURN_GENERATED_KEYS);
    int bound = 0;
    for (Object[] own : keys) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(++bound, i < own.length ? own[i] : values.get(i));
      }
    }
    statement.executeUpdate();
    return statement;
  }
}
