package org.waybill.gateway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.waybill.platform.Database;

/** The table {@code mail_templates}: what e-mails say. Operators edit it with plain SQL. */
final class MailTemplates {
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** One of them; {@code {{name}}} stands for a field of the task, the CDR or its variables. */
  record MailTemplate(String subject, String body) {}

  private record Known(Map<String, MailTemplate> byName, Instant readAt) {}

  private final Database database;
  private final Clock clock;
  private volatile Known known = new Known(Map.of(), Instant.MIN);

  MailTemplates(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  Optional<MailTemplate> find(String name) {
    return Optional.ofNullable(fresh().get(name));
  }

  SortedSet<String> names() {
    return new TreeSet<>(fresh().keySet());
  }

  // A flood of e-mails must not become a flood of queries.
  private Map<String, MailTemplate> fresh() {
    Known current = known;
    Instant now = clock.instant();
    if (now.isBefore(current.readAt()) || !now.isBefore(current.readAt().plus(FRESH))) {
      current = new Known(database.read("Reading the e-mail templates", this::all), now);
      known = current;
    }
    return current.byName();
  }

  private Map<String, MailTemplate> all(Connection connection) throws SQLException {
    String sql =
        """
        SELECT name, subject, body FROM mail_templates
        """;
    Map<String, MailTemplate> all = new TreeMap<>();
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        all.put(rows.getString(1), new MailTemplate(rows.getString(2), rows.getString(3)));
      }
    }
    return all;
  }
}
