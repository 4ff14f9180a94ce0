package org.waybill.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Uuids;
import org.waybill.platform.Where;

/**
 * By which index CDRs are looked for. The database cannot know that a list needs the newest hundred
 * only, and chooses badly when it guesses how many match.
 *
 * @param index of {@code normalized_cdrs}
 * @param inOrder whether its first rows are the newest ones that match, or all that match are few
 */
record CdrPlan(String index, boolean inOrder) {
  /** So many rows are read one by one in the time that a person waits. */
  private static final int FEW = 1_000;

  private static final CdrPlan BY_START = new CdrPlan("by_start", false);

  /** A condition that an index begins with. */
  private record Entry(String index, Where where, boolean exact) {}

  /** An entry and how many rows it has, counted up to {@link #FEW} and one. */
  private record Counted(Entry entry, int rows) {}

  static CdrPlan of(Connection connection, CdrFilter filter) throws SQLException {
    List<Entry> entries = entries(filter);
    if (filter.conditions() == 0) {
      return new CdrPlan("by_start", true);
    }
    boolean alone = filter.conditions() == 1 && entries.size() == 1 && entries.get(0).exact();
    CdrPlan many = alone ? new CdrPlan(entries.get(0).index(), false) : BY_START;
    entries.add(new Entry("by_start", new Where(), false)); // there may be few at all
    List<Counted> counted = new ArrayList<>();
    for (Entry entry : entries) {
      counted.add(new Counted(entry, rows(connection, entry, filter)));
    }
    return counted.stream()
        .filter(one -> one.rows() <= FEW)
        .min(Comparator.comparing(Counted::rows))
        .map(few -> new CdrPlan(few.entry().index(), true))
        .orElse(many);
  }

  private static List<Entry> entries(CdrFilter filter) {
    UUID uuid = filter.uuid();
    List<Entry> entries = new ArrayList<>();
    add(entries, "by_uuid", "uuid", uuid == null ? null : Uuids.bytes(uuid));
    add(entries, "by_organization", "rmOrgID", filter.rmOrgId());
    add(entries, "by_cause", "hangup_cause", filter.hangupCause());
    addNumber(entries, "by_calling", "calling_number", filter.callingNumber());
    addNumber(entries, "by_called", "called_number", filter.calledNumber());
    return entries;
  }

  private static void addNumber(
      List<Entry> entries, String index, String column, @Nullable String number) {
    if (number != null && number.endsWith("*")) {
      entries.add(new Entry(index, new Where().andLike(column, number), false));
    } else {
      add(entries, index, column, number);
    }
  }

  /** An empty value asks for those that have none, of which there are many. */
  private static void add(
      List<Entry> entries, String index, String column, @Nullable Object value) {
    if (value != null && !value.equals("")) {
      entries.add(new Entry(index, new Where().and(column + " = ?", value), true));
    }
  }

  private static int rows(Connection connection, Entry entry, CdrFilter filter)
      throws SQLException {
    Where where = filter.times(entry.where());
    String sql =
        """
        SELECT COUNT(*) FROM (
          SELECT 1 FROM normalized_cdrs FORCE INDEX (%s) WHERE %s LIMIT ?) AS some
        """
            .formatted(entry.index(), where.sql());
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      where.bind(select, FEW + 1);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
