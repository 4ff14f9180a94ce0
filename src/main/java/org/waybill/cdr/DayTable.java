package org.waybill.cdr;

/**
 * The tables whose rows belong to a day and leave with it, in the order in which they are emptied:
 * {@code normalized_cdrs} is the last, since the keys of a day are found through it. All are
 * partitioned by {@code TableSuffix} alike; a new one is added here and nowhere else.
 */
enum DayTable {
  ATTEMPTS("attempts", "id_tasks"),
  TASKS_ERROR("tasks_error", "id_tasks"),
  TASKS_DATA("tasks_data", "id_tasks"),
  TASKS("tasks", "id"),
  RAW_CDRS("raw_cdrs", "id_normalized_cdrs"),
  NORMALIZED_CDRS("normalized_cdrs", "id");

  private final String table;
  private final String key;

  DayTable(String table, String key) {
    this.table = table;
    this.key = key;
  }

  String table() {
    return table;
  }

  /** The number that its primary key begins with. */
  String key() {
    return key;
  }
}
