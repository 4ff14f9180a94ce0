package org.waybill.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.waybill.platform.MultiRowInsert;

/**
 * What a transaction has done, to be counted with it or not at all. Entries are only ever inserted:
 * a sum that every commit changed would let one commit wait for the other.
 */
public final class Postings {
  private static final MultiRowInsert<Map.Entry<Key, Amount>> ROWS =
      new MultiRowInsert<>(
          "ledger_entries",
          List.of("day", "source", "rmOrgID", "account", "task_type", "amount", "seconds"),
          (values, entry) -> {
            Key key = entry.getKey();
            values
                .add(key.page().day().toString())
                .add(key.page().source())
                .add(key.page().column())
                .add(key.account().word())
                .add(key.taskType())
                .add(entry.getValue().count())
                .add(entry.getValue().seconds());
          });

  private final Map<Key, Amount> amounts = new LinkedHashMap<>();

  private record Key(Page page, Account account, String taskType) {}

  private record Amount(long count, long seconds) {
    Amount plus(Amount other) {
      return new Amount(count + other.count, seconds + other.seconds);
    }

    boolean isNothing() {
      return count == 0 && seconds == 0;
    }
  }

  /** Counts documents or CDRs, and their answered seconds. */
  public Postings add(Page page, Account account, long count, long seconds) {
    amounts.merge(new Key(page, account, ""), new Amount(count, seconds), Amount::plus);
    return this;
  }

  /** Counts tasks of a type. */
  public Postings addTasks(Page page, String taskType, Account account, long count) {
    amounts.merge(new Key(page, account, taskType), new Amount(count, 0), Amount::plus);
    return this;
  }

  /** Writes them, in the transaction of what they count. */
  public void write(Connection connection) throws SQLException {
    List<Map.Entry<Key, Amount>> rows = new ArrayList<>(amounts.entrySet());
    rows.removeIf(row -> row.getValue().isNothing());
    ROWS.insert(connection, rows);
  }
}
