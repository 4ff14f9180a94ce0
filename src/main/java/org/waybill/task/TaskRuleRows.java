package org.waybill.task;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;

/** The table {@code task_rules}. */
final class TaskRuleRows {
  private static final String SELECT =
      "SELECT id, rmOrgID, sources, conditions, task_type, priority, fields, active FROM task_rules ";

  private TaskRuleRows() {}

  static List<TaskRule> all(Connection connection) throws SQLException {
    List<TaskRule> rules = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT + "ORDER BY id");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rules.add(rule(row));
      }
    }
    return rules;
  }

  static TaskRule insert(Connection connection, NewTaskRule rule) throws SQLException {
    String sql =
        """
        INSERT INTO task_rules
          (rmOrgID, conditions, task_type, priority, fields, active, sources)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      bind(insert, rule);
      insert.executeUpdate();
      return new TaskRule(Math.toIntExact(Columns.generatedKeys(insert, 1).get(0)), rule);
    }
  }

  static Optional<TaskRule> update(Connection connection, int id, NewTaskRule rule)
      throws SQLException {
    String sql =
        """
        UPDATE task_rules SET rmOrgID = ?, conditions = ?, task_type = ?, priority = ?, fields = ?,
          active = ?, sources = ? WHERE id = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      bind(update, rule);
      update.setInt(8, id);
      return update.executeUpdate() == 1 ? Optional.of(new TaskRule(id, rule)) : Optional.empty();
    }
  }

  static Optional<TaskRule> delete(Connection connection, int id) throws SQLException {
    Optional<TaskRule> before = lock(connection, id);
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM task_rules WHERE id = ?")) {
      delete.setInt(1, id);
      delete.executeUpdate();
    }
    return before;
  }

  private static Optional<TaskRule> lock(Connection connection, int id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + "WHERE id = ? FOR UPDATE")) {
      select.setInt(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(rule(row)) : Optional.empty();
      }
    }
  }

  private static void bind(PreparedStatement statement, NewTaskRule rule) throws SQLException {
    Priority priority = rule.priority();
    Map<String, String> fields = new LinkedHashMap<>();
    rule.fields().forEach(field -> fields.put(field.name(), field.value()));
    statement.setObject(1, rule.rmOrgId());
    statement.setString(2, json(rule.when()));
    statement.setString(3, rule.type());
    statement.setString(4, priority == null ? null : priority.word());
    statement.setString(5, json(fields));
    statement.setBoolean(6, rule.active());
    statement.setString(
        7,
        rule.sources().isEmpty()
            ? null
            : Json.createArrayBuilder(rule.sources()).build().toString());
  }

  private static TaskRule rule(ResultSet row) throws SQLException {
    String priority = row.getString("priority");
    List<Field> fields = new ArrayList<>();
    texts(row.getString("fields")).forEach((name, value) -> fields.add(new Field(name, value)));
    return new TaskRule(
        row.getInt("id"),
        new NewTaskRule(
            row.getObject("rmOrgID", Integer.class),
            sources(row.getString("sources")),
            texts(row.getString("conditions")),
            row.getString("task_type"),
            priority == null ? null : Priority.ofWord(priority),
            fields,
            row.getBoolean("active")));
  }

  private static Set<String> sources(@Nullable String json) {
    if (json == null) {
      return Set.of();
    }
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      Set<String> sources = new LinkedHashSet<>();
      reader
          .readArray()
          .getValuesAs(JsonString.class)
          .forEach(source -> sources.add(source.getString()));
      return sources;
    }
  }

  private static String json(Map<String, String> texts) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    texts.forEach(json::add);
    JsonObject built = json.build();
    return built.toString();
  }

  private static Map<String, String> texts(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      JsonObject object = reader.readObject();
      Map<String, String> texts = new LinkedHashMap<>();
      object.keySet().forEach(name -> texts.put(name, object.getString(name)));
      return texts;
    }
  }
}
