package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;

/**
 * Tells the groups of failures out of what is counted as they happen: its cost is that of the
 * groups, not of the tasks.
 */
@ApplicationScoped
public class ErrorGroups {
  /** Of a group that hit more, these are told. */
  public static final int MOST_ORGANIZATIONS = 100;

  /** Those with most to be done first, then the latest. */
  private static final Comparator<ErrorGroup> ORDER =
      Comparator.comparing(ErrorGroup::count)
          .reversed()
          .thenComparing(ErrorGroup::last, Comparator.reverseOrder())
          .thenComparing(ErrorGroup::fingerprint);

  private final Database database;
  private final Clock clock;

  @Inject
  public ErrorGroups(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected ErrorGroups() {
    this(null, null);
  }

  /**
   * Those with most to be done first.
   *
   * @param after only those behind it: what a page before ended with, null for the first
   */
  public List<ErrorGroup.Told> list(@Nullable String after, int limit) {
    return database.read(
        "list groups of failures",
        connection -> {
          List<ErrorGroup> page =
              all(connection).values().stream()
                  .sorted(ORDER)
                  .dropWhile(group -> after != null && !group.fingerprint().equals(after))
                  .skip(after == null ? 0 : 1)
                  .limit(limit)
                  .toList();
          return page.isEmpty()
              ? List.of()
              : new ErrorDetails(connection, page, clock.instant()).told();
        });
  }

  /** One of them; empty when nothing is known of it any more. */
  public Optional<ErrorGroup.Told> find(String fingerprint) {
    return database.read(
        "find a group of failures",
        connection -> {
          ErrorGroup group = all(connection).get(fingerprint);
          return group == null
              ? Optional.empty()
              : new ErrorDetails(connection, List.of(group), clock.instant())
                  .told().stream().findFirst();
        });
  }

  private static Map<String, ErrorGroup> all(Connection connection) throws SQLException {
    String sql =
        "SELECT fingerprint, id_gateways, failed, waiting, first_seen, last_seen FROM error_groups";
    Map<String, ErrorGroup> groups = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        groups.merge(row.getString("fingerprint"), group(row), ErrorGroup::and);
      }
    }
    return groups;
  }

  private static ErrorGroup group(ResultSet row) throws SQLException {
    return new ErrorGroup(
        row.getString("fingerprint"),
        row.getLong("failed"),
        row.getLong("waiting"),
        Columns.instant(row, "first_seen"),
        Columns.instant(row, "last_seen"),
        new TreeSet<>(List.of(row.getInt("id_gateways"))));
  }
}
