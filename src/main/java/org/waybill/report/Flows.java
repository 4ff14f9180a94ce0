package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.waybill.platform.Database;
import org.waybill.report.Flow.Counts;

/** Reads what came in and what became of it out of sums: a row a minute, or an hour. */
@ApplicationScoped
public class Flows {
  private final Database database;

  @Inject
  public Flows(Database database) {
    this.database = database;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected Flows() {
    this(null);
  }

  /**
   * Of the time before.
   *
   * @param now by the database's clock, by which things were counted
   */
  public Flow before(Instant now, Flow.Span span) {
    long second = now.getEpochSecond();
    long last = second - second % span.seconds();
    long first = last - (long) span.seconds() * (span.points() - 1);
    Map<Long, Counts> found =
        database.read("read the flow", connection -> counts(connection, span, first));
    List<Flow.Point> points = new ArrayList<>();
    for (long begins = first; begins <= last; begins += span.seconds()) {
      int lasted = (int) (begins == last ? second - last : span.seconds());
      // Too short a part would jump up and down, as what was counted a second ago is not there yet.
      if (lasted * 4 >= span.seconds()) {
        Counts counts = found.getOrDefault(begins, Counts.NONE);
        points.add(new Flow.Point(Instant.ofEpochSecond(begins), counts, lasted));
      }
    }
    return new Flow(span, points, found.values().stream().reduce(Counts.NONE, Counts::plus));
  }

  private static Map<Long, Counts> counts(Connection connection, Flow.Span span, long first)
      throws SQLException {
    String sql =
        """
        SELECT begins, received, cdrs, rejected, delivered, failed FROM flow
         WHERE span = ? AND begins >= ?
        """;
    Map<Long, Counts> counts = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, span.kept());
      select.setLong(2, first);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          long begins = row.getLong("begins");
          counts.merge(begins - begins % span.seconds(), counts(row), Counts::plus);
        }
      }
    }
    return counts;
  }

  private static Counts counts(ResultSet row) throws SQLException {
    return new Counts(
        row.getLong("received"),
        row.getLong("cdrs"),
        row.getLong("rejected"),
        row.getLong("delivered"),
        row.getLong("failed"));
  }
}
