package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.CdrStore;
import org.waybill.cdr.StoredKey;
import org.waybill.platform.Database;
import org.waybill.platform.Where;
import org.waybill.task.TaskFilter;

/** Finds tasks, a page at a time along an index. */
@ApplicationScoped
public class TaskSearch {
  private final Database database;
  private final CdrStore cdrs;
  private final Backwards backwards;

  @Inject
  public TaskSearch(Database database, CdrStore cdrs) {
    this(database, cdrs, Backwards.LONGEST);
  }

  TaskSearch(Database database, CdrStore cdrs, Duration longest) {
    this.database = database;
    this.cdrs = cdrs;
    this.backwards = new Backwards(longest);
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected TaskSearch() {
    this(null, null);
  }

  public Optional<TaskLine> find(long id) {
    TaskFilter it = TaskFilter.ofIds(new TreeSet<>(List.of(id)));
    return list(it, null, 1).stream().findFirst();
  }

  /**
   * Newest first, however long it takes.
   *
   * @param before only those with a smaller id: the last one of the page before
   */
  public List<TaskLine> list(TaskFilter filter, @Nullable Long before, int limit) {
    return database.read(
        "list tasks",
        connection -> {
          TaskWalk walk = new TaskWalk(connection, filter, before);
          UUID cdr = filter.cdr();
          return cdr == null
              ? walk.lines(filter.from(), walk.where(), limit)
              : walk.lines(filter.from(), ofCdr(connection, walk.where(), cdr), limit);
        });
  }

  /** The same, broken off when it takes long: then it says where to go on. */
  public Found<TaskLine> page(TaskFilter filter, @Nullable Long before, int limit) {
    if (filter.cdr() != null) {
      return Found.of(list(filter, before, limit + 1), limit, TaskLine::id);
    }
    return database.read(
        "list tasks",
        connection -> new TaskWalk(connection, filter, before).page(backwards, limit));
  }

  /** Of one that there is not, there are none. */
  private Where ofCdr(Connection connection, Where where, UUID cdr) throws SQLException {
    StoredKey key = cdrs.find(connection, List.of(cdr)).get(cdr);
    return where
        .and("t.id_normalized_cdrs = ?", key == null ? 0 : key.id())
        .and("t.TableSuffix = ?", key == null ? "" : key.tableSuffix().toString());
  }
}
