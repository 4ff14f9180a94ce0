package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.CdrRanges;
import org.waybill.cdr.IdRange;
import org.waybill.platform.Database;
import org.waybill.platform.ProblemException;

/**
 * Counts calls. Each figure is what a list of the same CDRs would count at the same moment, whether
 * they are in sums by then or not.
 */
@ApplicationScoped
public class CallStatistics {
  /** Numbers of many months are not added up while somebody waits. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Database database;
  private final Duration longest;

  @Inject
  public CallStatistics(Database database) {
    this(database, LONGEST);
  }

  CallStatistics(Database database, Duration longest) {
    this.database = database;
    this.longest = longest;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected CallStatistics() {
    this(null);
  }

  /**
   * Some groups, and all calls that were asked for.
   *
   * @param total of all groups, not only of these
   */
  public record Answer(List<CallFigures> groups, CallFigures total) {}

  /**
   * Hours and days in their order, else those with the most calls first.
   *
   * @param after the last group of the page before
   * @throws ProblemException when it takes longer than a person waits
   */
  public Answer ask(CallQuestion question, @Nullable CallPlace after, int limit) {
    return database.snapshot(
        "count calls",
        connection -> {
          List<IdRange> unfolded = CdrRanges.unfolded(connection);
          List<CallFigures> groups = page(connection, question, unfolded, after, limit);
          CallQuestion byDay =
              new CallQuestion(question.from(), question.to(), question.rmOrgId(), CallGroup.DAY);
          CallFigures total =
              page(connection, byDay, unfolded, null, Integer.MAX_VALUE).stream()
                  .reduce(CallFigures.none(question.by()), CallFigures::plus);
          return new Answer(groups, total);
        });
  }

  private List<CallFigures> page(
      Connection connection,
      CallQuestion question,
      List<IdRange> unfolded,
      @Nullable CallPlace after,
      int limit)
      throws SQLException {
    CallGroup by = question.by();
    String sql =
        "SELECT * FROM (%s) found WHERE %s ORDER BY %s LIMIT %d"
            .formatted(
                new CallSql(question).groups(unfolded),
                after == null
                    ? "TRUE"
                    : by.isTime() ? "g > ?" : "(calls < ? OR calls = ? AND g > ?)",
                by.isTime() ? "g" : "calls DESC, g",
                limit);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setQueryTimeout((int) longest.toSeconds());
      if (after != null) {
        bind(select, by, after);
      }
      return figures(select, by);
    } catch (SQLTimeoutException e) {
      throw tooMany(e);
    }
  }

  private ProblemException tooMany(SQLTimeoutException e) {
    ProblemException problem =
        new ProblemException(
            400,
            "These are too many calls to be counted within "
                + longest.toSeconds()
                + " s. Ask for less time, or for one organization.");
    problem.initCause(e);
    return problem;
  }

  private static void bind(PreparedStatement select, CallGroup by, CallPlace after)
      throws SQLException {
    int column = 1;
    if (!by.isTime()) {
      select.setLong(column++, after.calls());
      select.setLong(column++, after.calls());
    }
    if (by.isNumeric()) {
      select.setLong(column, Long.parseLong(after.value()));
    } else {
      select.setString(column, after.value());
    }
  }

  private static List<CallFigures> figures(PreparedStatement select, CallGroup by)
      throws SQLException {
    List<CallFigures> figures = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        figures.add(
            new CallFigures(
                by,
                row.getString("g"),
                row.getLong("calls"),
                row.getLong("answered"),
                row.getLong("seconds"),
                row.getLong("effective")));
      }
    }
    return figures;
  }
}
