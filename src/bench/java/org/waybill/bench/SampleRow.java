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
      String marks = String.join(",", Collections.nCopies(count, "?"));
      return new SampleRow(
          "INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")", values);
    }
  }

  PreparedStatement prepare(Connection connection) throws SQLException {
    return connection.prepareStatement(insert, Statement.RETURN_GENERATED_KEYS);
  }

  void add(PreparedStatement statement, Object... keys) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, i < keys.length ? keys[i] : values.get(i));
    }
    statement.addBatch();
  }
}
