package org.waybill.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Inserts many rows with few statements. A batch that the driver rewrites comes to the same
 * statements, but binds every value twice, and binding is most of what an insert costs a client.
 *
 * @param <T> what a row is made of
 */
public final class MultiRowInsert<T> {
  /** The driver keeps the parse of every length it has met, so there must not be many. */
  private static final int MOST_ROWS = 64;

  private final String head;
  private final String row;
  private final String tail;
  private final Binding<T> binding;

  /**
   * @param table and columns as they stand in SQL
   */
  public MultiRowInsert(String table, List<String> columns, Binding<T> binding) {
    this(table, columns, "", binding);
  }

  /**
   * @param tail what comes after the rows
   */
  public MultiRowInsert(String table, List<String> columns, String tail, Binding<T> binding) {
    this.tail = tail;
    this.head = "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ";
    this.row = "(" + Columns.placeholders(columns.size()) + ")";
    this.binding = binding;
  }

  /** Says what stands in the columns of a row, in their order. */
  @FunctionalInterface
  public interface Binding<T> {
    void bind(Values values, T row) throws SQLException;
  }

  public void insert(Connection connection, List<T> rows) throws SQLException {
    for (List<T> some : portions(rows)) {
      try (PreparedStatement insert = connection.prepareStatement(sql(some.size()))) {
        execute(insert, some);
      }
    }
  }

  /** The same into a table that numbers its rows; their numbers, in the order of the rows. */
  public List<Long> insertNumbered(Connection connection, List<T> rows) throws SQLException {
    List<Long> ids = new ArrayList<>(rows.size());
    for (List<T> some : portions(rows)) {
      try (PreparedStatement insert =
          connection.prepareStatement(sql(some.size()), Statement.RETURN_GENERATED_KEYS)) {
        execute(insert, some);
        ids.addAll(Columns.generatedKeys(insert, some.size()));
      }
    }
    return ids;
  }

  private List<List<T>> portions(List<T> rows) {
    List<List<T>> portions = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += MOST_ROWS) {
      portions.add(rows.subList(from, Math.min(rows.size(), from + MOST_ROWS)));
    }
    return portions;
  }

  private String sql(int rows) {
    return head + row + ("," + row).repeat(rows - 1) + tail;
  }

  private void execute(PreparedStatement insert, List<T> rows) throws SQLException {
    Values values = new Values(insert);
    for (T one : rows) {
      binding.bind(values, one);
    }
    insert.executeUpdate();
  }

  /** The values of one statement, one after the other. */
  public static final class Values {
    private final PreparedStatement statement;
    private int bound;

    Values(PreparedStatement statement) {
      this.statement = statement;
    }

    public Values add(@Nullable String text) throws SQLException {
      statement.setString(++bound, text);
      return this;
    }

    public Values add(long number) throws SQLException {
      statement.setLong(++bound, number);
      return this;
    }

    public Values addOrNull(@Nullable Integer number) throws SQLException {
      if (number == null) {
        statement.setNull(++bound, Types.INTEGER);
        return this;
      }
      return add(number);
    }

    public Values addOrNull(byte @Nullable [] bytes) throws SQLException {
      statement.setBytes(++bound, bytes);
      return this;
    }

    public Values add(byte[] bytes) throws SQLException {
      statement.setBytes(++bound, bytes);
      return this;
    }
  }
}
