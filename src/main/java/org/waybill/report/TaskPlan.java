package org.waybill.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Where;
import org.waybill.task.TaskFilter;

/**
 * By which index tasks are looked for, as {@link CdrPlan} does for CDRs.
 *
 * @param from what stands behind FROM
 * @param inOrder whether its first rows are the newest ones that match, or all that match are few
 */
record TaskPlan(String from, boolean inOrder) {
  /** So many rows are read one by one in the time that a person waits. */
  private static final int FEW = 1_000;

  /** A condition that an index begins with. */
  private record Entry(String from, Where where) {
    static Entry of(String index, Where where) {
      return new Entry("tasks t FORCE INDEX (" + index + ")", where);
    }
  }

  private static final Entry BY_ID = Entry.of("PRIMARY", new Where());
  private static final Entry BY_STATE = Entry.of("by_state", new Where());

  private record Counted(Entry entry, int rows) {}

  static TaskPlan of(Connection connection, TaskFilter filter) throws SQLException {
    if (!filter.ids().isEmpty()) {
      return new TaskPlan(filter.from(), true);
    }
    List<Entry> entries = entries(filter);
    if (entries.isEmpty() && filter.priority() == null) {
      return new TaskPlan(BY_ID.from(), true);
    }
    if (entries.size() == 1 && isAll(filter)) {
      return new TaskPlan(entries.get(0).from(), true);
    }
    if (filter.errorGroup() == null) {
      entries.add(BY_ID); // there may be few at all
    }
    List<Counted> counted = new ArrayList<>();
    for (Entry entry : entries) {
      counted.add(new Counted(entry, rows(connection, entry)));
    }
    return counted.stream()
        .filter(one -> one.rows() <= FEW)
        .min(Comparator.comparing(Counted::rows))
        .map(few -> new TaskPlan(few.entry().from(), true))
        .orElseGet(() -> new TaskPlan(alongIds(filter), false));
  }

  private static List<Entry> entries(TaskFilter filter) {
    if (filter.errorGroup() != null) {
      Where where =
          new Where()
              .and("g.error_group = ?", filter.errorGroup())
              .and("g.done = ?", filter.state() == null ? null : filter.state().done());
      return new ArrayList<>(List.of(new Entry(filter.from(), where)));
    }
    List<Entry> entries = new ArrayList<>();
    add(entries, "by_state", "done = ?", filter.state() == null ? null : filter.state().done());
    add(entries, "by_organization", "rmOrgID = ?", filter.rmOrgId());
    add(entries, "by_type", "task_type = ?", filter.type());
    return entries;
  }

  private static void add(
      List<Entry> entries, String index, String condition, @Nullable Object value) {
    if (value != null) {
      entries.add(Entry.of(index, new Where().and("t." + condition, value)));
    }
  }

  /** Whether the one entry is all that is asked for. */
  private static boolean isAll(TaskFilter filter) {
    boolean byGroup = filter.errorGroup() != null;
    return filter.priority() == null
        && (!byGroup || (filter.rmOrgId() == null && filter.type() == null));
  }

  /** Where ids are restricted to a window. */
  private static String alongIds(TaskFilter filter) {
    if (filter.errorGroup() != null) {
      return filter.from();
    }
    return (filter.state() == null ? BY_ID : BY_STATE).from();
  }

  private static int rows(Connection connection, Entry entry) throws SQLException {
    String sql =
        "SELECT COUNT(*) FROM (SELECT 1 FROM %s WHERE %s LIMIT ?) AS some"
            .formatted(entry.from(), entry.where().sql());
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      entry.where().bind(select, FEW + 1);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
