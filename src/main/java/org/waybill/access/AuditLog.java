package org.waybill.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.platform.Where;

/** Reads {@code audit_log}: who changed what, and why. */
@ApplicationScoped
public class AuditLog {
  private final Database database;

  @Inject
  public AuditLog(Database database) {
    this.database = database;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected AuditLog() {
    this(null);
  }

  /** A line with its place and time. */
  public record Line(long id, Instant at, Audit.Entry entry) {}

  /**
   * Which lines are asked for; null means any. Written from (included) to (not).
   *
   * @param action such as {@code task.rerun}, or how it begins with a trailing {@code *}
   * @param subject such as {@code task 17}, likewise
   */
  public record Filter(
      @Nullable String who,
      @Nullable String action,
      @Nullable String subject,
      @Nullable Instant from,
      @Nullable Instant to) {
    private Where where() {
      return new Where()
          .and("who = ?", who)
          .andLike("action", action)
          .andLike("subject", subject)
          .and("at >= ?", from == null ? null : Columns.utc(from))
          .and("at < ?", to == null ? null : Columns.utc(to));
    }
  }

  /**
   * Newest first.
   *
   * @param before only those with a smaller id: the last one of the page before
   */
  public List<Line> list(Filter filter, @Nullable Long before, int limit) {
    Where where = filter.where().and("id < ?", before);
    String sql =
        "SELECT id, at, who, action, subject, reason, detail FROM audit_log WHERE "
            + where.sql()
            + " ORDER BY id DESC LIMIT ?";
    return database.read(
        "list the audit log",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            where.bind(select, limit);
            return lines(select);
          }
        });
  }

  private static List<Line> lines(PreparedStatement select) throws SQLException {
    List<Line> lines = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Audit.Entry entry =
            new Audit.Entry(
                row.getString("who"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("reason"),
                row.getString("detail"));
        lines.add(new Line(row.getLong("id"), Columns.instant(row, "at"), entry));
      }
    }
    return lines;
  }
}
