package org.waybill.collect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Violation;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.platform.Where;

/** Groups rejected documents by cause, out of one index and without reading a document. */
@ApplicationScoped
public class RejectedCauses {
  /** The most frequent first; the cause itself puts those of the same count in order. */
  private static final Comparator<RejectedCause> ORDER =
      Comparator.comparing(RejectedCause::count).reversed().thenComparing(RejectedCause::cause);

  private final Database database;

  @Inject
  public RejectedCauses(Database database) {
    this.database = database;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected RejectedCauses() {
    this(null);
  }

  /**
   * The most frequent first.
   *
   * @param after only the rarer ones: the cause that a page before ended with, null for the first
   */
  public List<RejectedCause> list(RejectedFilter filter, @Nullable String after, int limit) {
    return database.read(
        "group rejected documents",
        connection -> {
          List<RejectedCause> all =
              groups(connection, filter.where()).values().stream().sorted(ORDER).toList();
          List<RejectedCause> page =
              all.stream()
                  .dropWhile(cause -> after != null && !cause.cause().equals(after))
                  .skip(after == null ? 0 : 1)
                  .limit(limit)
                  .toList();
          Map<Long, String> samples = samples(connection, page);
          return page.stream()
              .map(cause -> cause.sample(samples.getOrDefault(cause.sampleId(), "")))
              .toList();
        });
  }

  private static Map<String, RejectedCause> groups(Connection connection, Where where)
      throws SQLException {
    String sql =
        """
        SELECT cause, reason, source, rmOrgID, COUNT(*) AS documents, MIN(received_at) AS first,
          MAX(received_at) AS last, MAX(id) AS sample
          FROM rejected_cdrs FORCE INDEX (by_cause) WHERE %s
         GROUP BY cause, reason, source, rmOrgID
        """
            .formatted(where.sql());
    Map<String, RejectedCause> groups = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      where.bind(select);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          groups.merge(row.getString("cause"), group(row), RejectedCause::and);
        }
      }
    }
    return groups;
  }

  private static RejectedCause group(ResultSet row) throws SQLException {
    Integer organization = row.getObject("rmOrgID", Integer.class);
    return new RejectedCause(
        row.getString("cause"),
        RejectionReason.valueOf(row.getString("reason")),
        row.getLong("documents"),
        Columns.instant(row, "first"),
        Columns.instant(row, "last"),
        row.getLong("sample"),
        "",
        new TreeSet<>(List.of(row.getString("source"))),
        organization == null ? new TreeSet<>() : new TreeSet<>(List.of(organization)));
  }

  private static Map<Long, String> samples(Connection connection, Collection<RejectedCause> causes)
      throws SQLException {
    Map<Long, String> samples = new HashMap<>();
    if (causes.isEmpty()) {
      return samples;
    }
    String sql =
        "SELECT id, violations FROM rejected_cdrs WHERE id IN (%s)"
            .formatted(Columns.placeholders(causes.size()));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      for (RejectedCause cause : causes) {
        select.setLong(column++, cause.sampleId());
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          List<Violation> violations = Violations.parse(row.getString("violations"));
          samples.put(row.getLong("id"), Violations.inShort(violations));
        }
      }
    }
    return samples;
  }
}
