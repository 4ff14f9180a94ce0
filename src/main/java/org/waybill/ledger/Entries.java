package org.waybill.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.waybill.platform.Columns;
import org.waybill.platform.MultiRowInsert;

/** The tables {@code ledger_entries}, and {@code ledger}, in which they are added up. */
public final class Entries {
  private static final int MOST = 500;
  private static final Comparator<Entry> IN_KEY_ORDER =
      Comparator.comparing((Entry entry) -> entry.page().day())
          .thenComparing(entry -> entry.page().source())
          .thenComparing(entry -> entry.page().column())
          .thenComparing(entry -> entry.account().word())
          .thenComparing(Entry::taskType);
  private static final MultiRowInsert<Entry> ROWS =
      new MultiRowInsert<>(
          "ledger",
          List.of("day", "source", "rmOrgID", "account", "task_type", "amount", "seconds"),
          " ON DUPLICATE KEY UPDATE amount = amount + VALUES(amount),"
              + " seconds = seconds + VALUES(seconds)",
          (values, entry) ->
              values
                  .add(entry.page().day().toString())
                  .add(entry.page().source())
                  .add(entry.page().column())
                  .add(entry.account().word())
                  .add(entry.taskType())
                  .add(entry.count())
                  .add(entry.seconds()));

  private Entries() {}

  /** What a transaction did, and when. */
  private record Noted(long second, List<Entry> entries) {}

  /** All that are not added up yet. */
  public static List<Entry> unfolded(Connection connection) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    select(connection, "").values().forEach(noted -> entries.addAll(noted.entries()));
    return entries;
  }

  /**
   * Adds some up; to be run by one at a time. They are chosen by id, never by "up to": one with a
   * smaller id may be committed later.
   *
   * @return whether there may be more
   */
  public static boolean fold(Connection connection) throws SQLException {
    Map<Long, Noted> some = select(connection, " ORDER BY id LIMIT " + MOST);
    if (some.isEmpty()) {
      return false;
    }
    Map<Entry, Entry> sums = new TreeMap<>(IN_KEY_ORDER);
    FlowRows flow = new FlowRows();
    for (Noted noted : some.values()) {
      noted.entries().forEach(entry -> sums.merge(entry, entry, Entries::plus));
      flow.add(noted.second(), noted.entries());
    }
    ROWS.insert(connection, List.copyOf(sums.values()));
    flow.write(connection);
    delete(connection, some.keySet());
    return some.size() == MOST;
  }

  private static Entry plus(Entry one, Entry other) {
    return new Entry(
        one.page(),
        one.account(),
        one.taskType(),
        one.count() + other.count(),
        one.seconds() + other.seconds());
  }

  /** The books of days that have left the house. */
  public static int removeBefore(Connection connection, LocalDate day) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM ledger WHERE day < ? LIMIT 10000")) {
      delete.setString(1, day.toString());
      return delete.executeUpdate();
    }
  }

  private static Map<Long, Noted> select(Connection connection, String rest) throws SQLException {
    Map<Long, Noted> entries = new TreeMap<>();
    String sql = "SELECT id, noted, postings FROM ledger_entries" + rest;
    try (Statement select = connection.createStatement();
        ResultSet rows = select.executeQuery(sql)) {
      while (rows.next()) {
        entries.put(
            rows.getLong("id"),
            new Noted(rows.getLong("noted"), PackedEntries.unpack(rows.getString("postings"))));
      }
    }
    return entries;
  }

  private static void delete(Connection connection, Iterable<Long> ids) throws SQLException {
    List<Long> all = new ArrayList<>();
    ids.forEach(all::add);
    String sql =
        "DELETE FROM ledger_entries WHERE id IN (" + Columns.placeholders(all.size()) + ")";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      for (int i = 0; i < all.size(); i++) {
        delete.setLong(i + 1, all.get(i));
      }
      delete.executeUpdate();
    }
  }
}
