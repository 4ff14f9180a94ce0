package org.waybill.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waybill.cdr.CdrStore;
import org.waybill.task.Priority;
import org.waybill.task.TaskFilter;
import org.waybill.task.TaskState;
import org.waybill.testing.TestDatabase;

class TaskSearchTest {
  private static final int TASKS = 24;

  private final TestDatabase database = TestDatabase.fresh();
  private final CdrStore cdrs = new CdrStore(Clock.systemUTC());
  private final TaskSearch search = new TaskSearch(database.database(), cdrs);
  private final TaskSearch hurried = new TaskSearch(database.database(), cdrs, Duration.ZERO);

  @BeforeEach
  void insert() {
    for (int task = 1; task <= TASKS; task++) {
      insert(task);
    }
    insertMany();
  }

  @Test
  void findsTheSameByWhateverIndexItLooks() {
    for (TaskState state : new TaskState[] {null, TaskState.DONE, TaskState.FAILED}) {
      for (String type : new String[] {null, "CDRToSGAPI", "NoSuchType"}) {
        for (Integer organization : new Integer[] {null, 1001, 4004}) {
          for (Priority priority : new Priority[] {null, Priority.LOW}) {
            for (String group : new String[] {null, "0123456789abcdef"}) {
              TaskFilter filter =
                  new TaskFilter(state, type, organization, priority, null, group, new TreeSet<>());
              List<Long> all = search.list(filter, null, 5_000).stream().map(TaskLine::id).toList();
              assertThat(ids(search, filter, 100)).as(filter.json()).isEqualTo(all);
              assertThat(ids(hurried, filter, 100)).as(filter.json()).isEqualTo(all);
            }
          }
        }
      }
    }
  }

  @Test
  void breaksOffWhatNoIndexFinds() {
    TaskFilter low = new TaskFilter(null, null, null, Priority.LOW, null);
    Found<TaskLine> first = hurried.page(low, null, 100);
    assertThat(first.items()).hasSizeLessThan(TASKS / 3);
    assertThat(first.next()).isNotNull();
    assertThat(ids(hurried, low, 100)).hasSize(TASKS / 3);
  }

  private static List<Long> ids(TaskSearch search, TaskFilter filter, int limit) {
    List<Long> ids = new ArrayList<>();
    Long before = null;
    do {
      Found<TaskLine> page = search.page(filter, before, limit);
      page.items().forEach(line -> ids.add(line.id()));
      before = next(page);
    } while (before != null);
    return ids;
  }

  private static @Nullable Long next(Found<TaskLine> page) {
    return page.next() == null ? null : Long.valueOf(page.next());
  }

  /** Many others: too many to read each. */
  private void insertMany() {
    String rows =
        IntStream.rangeClosed(1, 1_100)
            .mapToObj(
                number ->
                    "(%d, 700, 'Other', '2024-01-15', 'cancelled', 'high', '20240115', 9009)"
                        .formatted(100_000 + number))
            .collect(Collectors.joining(","));
    database.execute(
        "INSERT INTO tasks (id, id_normalized_cdrs, task_type, create_time, done, priority,"
            + " TableSuffix, rmOrgID) VALUES "
            + rows);
  }

  /** Ids with much between them, as after tasks of other CDRs left. */
  private void insert(int number) {
    long id = number * 700L;
    String done = List.of("y", "error", "n", "y").get(number % 4);
    String priority = List.of("low", "medium", "high").get(number % 3);
    database.execute(
        """
        INSERT INTO normalized_cdrs (id, plain, uuid, TableSuffix, rmOrgID, source, received_at,
          start_epoch)
        VALUES (%1$d, '<cdr/>', UNHEX(LPAD(HEX(%1$d), 32, '0')), '20240115', 1001, 'cdr-normalized',
          UTC_TIMESTAMP(3), 1705320000)
        """
            .formatted(id));
    database.execute(
        """
        INSERT INTO tasks (id, id_normalized_cdrs, task_type, create_time, done, priority,
          TableSuffix, rmOrgID)
        VALUES (%1$d, %1$d, '%2$s', UTC_TIMESTAMP(3), '%3$s', '%4$s', '20240115', %5$d)
        """
            .formatted(
                id,
                number % 5 == 0 ? "SendEmail" : "CDRToSGAPI",
                done,
                priority,
                1001 + number % 2));
    if (done.equals("error")) {
      database.execute(
          """
          INSERT INTO tasks_error (id_tasks, description, first_error_date, last_error_date,
            TableSuffix, error_group, id_gateways, done)
          VALUES (%d, 'x', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), '20240115', '0123456789abcdef', 1, 'error')
          """
              .formatted(id));
    }
  }
}
