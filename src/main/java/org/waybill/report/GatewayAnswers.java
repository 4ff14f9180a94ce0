package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.waybill.platform.Database;

/** Adds up how the gateways answered each node of late. */
@ApplicationScoped
public class GatewayAnswers {
  /** What success and slowness are told of; the rate is that of the last minute of it. */
  public static final Duration SPAN = Duration.ofMinutes(5);

  private final Database database;

  @Inject
  public GatewayAnswers(Database database) {
    this.database = database;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected GatewayAnswers() {
    this(null);
  }

  /** Those of some moment, by the gateway. */
  public record All(Map<Integer, AnswerFigures> byGateway) {
    public AnswerFigures of(int gateway) {
      return byGateway.getOrDefault(gateway, AnswerFigures.NONE);
    }
  }

  /** Up to the last few seconds, which nodes have not told of yet. */
  public All now() {
    return new All(database.read("add up how gateways answered", GatewayAnswers::read));
  }

  private static Map<Integer, AnswerFigures> read(Connection connection) throws SQLException {
    String sql =
        """
        SELECT id_gateways, le_ms, SUM(answers) AS answers, SUM(sends) AS sends,
               SUM(delivered) AS delivered,
               SUM(IF(at > UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE, sends, 0)) AS last_minute
          FROM gateway_answers WHERE at > UTC_TIMESTAMP(3) - INTERVAL ? SECOND
         GROUP BY id_gateways, le_ms
        """;
    Map<Integer, AnswerFigures> byGateway = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, SPAN.toSeconds());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          byGateway.merge(row.getInt("id_gateways"), bucket(row), GatewayAnswers::sum);
        }
      }
    }
    return byGateway;
  }

  private static AnswerFigures bucket(ResultSet row) throws SQLException {
    TreeMap<Integer, Long> answers = new TreeMap<>();
    answers.put(row.getInt("le_ms"), row.getLong("answers"));
    return new AnswerFigures(
        row.getLong("last_minute"), row.getLong("sends"), row.getLong("delivered"), answers);
  }

  private static AnswerFigures sum(AnswerFigures one, AnswerFigures other) {
    TreeMap<Integer, Long> answers = new TreeMap<>(one.answers());
    other.answers().forEach((bound, count) -> answers.merge(bound, count, Long::sum));
    return new AnswerFigures(
        one.lastMinute() + other.lastMinute(),
        one.sends() + other.sends(),
        one.delivered() + other.delivered(),
        answers);
  }
}
