package org.waybill.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a transaction has done, to be counted with it or not at all. A row is only ever inserted,
 * one a transaction: a sum that every commit changed would let one commit wait for the other.
 */
public final class Postings {
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
    List<Entry> entries = new ArrayList<>();
    amounts.forEach(
        (key, amount) -> {
          if (!amount.isNothing()) {
            entries.add(
                new Entry(
                    key.page(), key.account(), key.taskType(), amount.count(), amount.seconds()));
          }
        });
    if (entries.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO ledger_entries (noted, postings) VALUES (UNIX_TIMESTAMP(), ?)")) {
      insert.setString(1, PackedEntries.pack(entries));
      insert.executeUpdate();
    }
  }
}
