package org.waybill.platform;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions of a query, each with its values; one of an absent value is left out. */
public final class Where {
  private final StringBuilder sql = new StringBuilder("TRUE");
  private final List<Object> values = new ArrayList<>();

  public Where and(String condition, @Nullable Object value) {
    if (value != null) {
      sql.append(" AND ").append(condition);
      values.add(value);
    }
    return this;
  }

  /** A condition of several values, all given. */
  public Where andAll(String condition, Object... all) {
    sql.append(" AND ").append(condition);
    values.addAll(List.of(all));
    return this;
  }

  /** Exactly, or by how it begins where a {@code *} ends it; {@code \*} ends it with a star. */
  public Where andLike(String column, @Nullable String pattern) {
    if (pattern != null && pattern.endsWith("\\*")) {
      return and(column + " = ?", pattern.substring(0, pattern.length() - 2) + "*");
    }
    if (pattern == null || !pattern.endsWith("*")) {
      return and(column + " = ?", pattern);
    }
    String beginning = pattern.substring(0, pattern.length() - 1);
    return and(column + " LIKE ?", beginning.replaceAll("([\\\\%_])", "\\\\$1") + "%");
  }

  /** Whether there is no condition at all. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  public String sql() {
    return sql.toString();
  }

  /** Sets the values, then what comes after them. */
  public void bind(PreparedStatement statement, Object... more) throws SQLException {
    int column = 1;
    for (Object value : values) {
      statement.setObject(column++, value);
    }
    for (Object value : more) {
      statement.setObject(column++, value);
    }
  }
}
