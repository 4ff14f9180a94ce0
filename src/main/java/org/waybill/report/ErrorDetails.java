package org.waybill.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.waybill.platform.Columns;
import org.waybill.report.ErrorGroup.Sample;
import org.waybill.report.ErrorGroup.Told;
import org.waybill.report.ErrorGroup.Trend;

/** What is told of a page of groups beside their counts. */
final class ErrorDetails {
  private static final int MINUTES = 60;
  private static final int HOURS = 24;

  private final Connection connection;
  private final List<ErrorGroup> groups;
  private final Instant now;
  private final Map<String, SortedSet<String>> types = new HashMap<>();
  private final Map<String, SortedSet<Integer>> organizations = new HashMap<>();

  /**
   * @param groups one at least
   */
  ErrorDetails(Connection connection, List<ErrorGroup> groups, Instant now) {
    this.connection = connection;
    this.groups = groups;
    this.now = now;
  }

  List<Told> told() throws SQLException {
    readPlaces();
    Map<String, Sample> samples = samples();
    Map<String, List<Long>> minutes = times(60, MINUTES);
    Map<String, List<Long>> hours = times(3600, HOURS);
    List<Told> told = new ArrayList<>();
    for (ErrorGroup group : groups) {
      String key = group.fingerprint();
      told.add(
          new Told(
              group,
              samples.getOrDefault(key, Sample.NONE),
              types.getOrDefault(key, Collections.emptySortedSet()),
              organizations.getOrDefault(key, Collections.emptySortedSet()),
              new Trend(
                  minutes.getOrDefault(key, Collections.nCopies(MINUTES, 0L)),
                  hours.getOrDefault(key, Collections.nCopies(HOURS, 0L)))));
    }
    return told;
  }

  /** The newest one of each. */
  private Map<String, Sample> samples() throws SQLException {
    String sql =
        """
        SELECT fingerprint, sample_task, sample_status, sample, sample_head FROM error_groups
         WHERE fingerprint IN (%s) ORDER BY last_seen
        """;
    Map<String, Sample> samples = new HashMap<>();
    try (PreparedStatement select = prepare(sql);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        samples.put(
            row.getString("fingerprint"),
            new Sample(
                row.getLong("sample_task"),
                row.getObject("sample_status", Integer.class),
                row.getString("sample"),
                row.getString("sample_head")));
      }
    }
    return samples;
  }

  private void readPlaces() throws SQLException {
    String sql =
        "SELECT fingerprint, rmOrgID, task_type FROM error_group_places WHERE fingerprint IN (%s)";
    try (PreparedStatement select = prepare(sql);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String key = row.getString("fingerprint");
        types.computeIfAbsent(key, same -> new TreeSet<>()).add(row.getString("task_type"));
        SortedSet<Integer> some = organizations.computeIfAbsent(key, same -> new TreeSet<>());
        if (some.size() < ErrorGroups.MOST_ORGANIZATIONS) {
          some.add(row.getInt("rmOrgID"));
        }
      }
    }
  }

  /** So many spans, of which the last one is under way. */
  private Map<String, List<Long>> times(int span, int count) throws SQLException {
    long first = (now.getEpochSecond() / span - count + 1) * span;
    String sql =
        """
        SELECT fingerprint, begins, SUM(failures) AS failures FROM error_group_times
         WHERE fingerprint IN (%s) AND span = ? AND begins >= ? GROUP BY fingerprint, begins
        """;
    Map<String, List<Long>> times = new HashMap<>();
    try (PreparedStatement select = prepare(sql)) {
      select.setInt(groups.size() + 1, span);
      select.setLong(groups.size() + 2, first);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          int place = (int) ((row.getLong("begins") - first) / span);
          if (place < count) {
            times
                .computeIfAbsent(
                    row.getString("fingerprint"),
                    same -> new ArrayList<>(Collections.nCopies(count, 0L)))
                .set(place, row.getLong("failures"));
          }
        }
      }
    }
    return times;
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement select =
        connection.prepareStatement(sql.formatted(Columns.placeholders(groups.size())));
    for (int i = 0; i < groups.size(); i++) {
      select.setString(i + 1, groups.get(i).fingerprint());
    }
    return select;
  }
}
