package org.waybill.collect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.operation.ItemOutcome;
import org.waybill.operation.OperationKind;
import org.waybill.operation.Order;
import org.waybill.operation.Selection;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;

/** Discards all open rejected documents that match. */
@ApplicationScoped
public class BulkDiscard implements OperationKind {
  public static final String NAME = "rejected.discard";

  private final Database database;

  @Inject
  public BulkDiscard(Database database) {
    this.database = database;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected BulkDiscard() {
    this(null);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Selection select(String filter) {
    return RejectedSelection.select(database, filter);
  }

  @Override
  public List<String> page(Order order, @Nullable String after, int limit) {
    return RejectedSelection.page(database, order, after, limit);
  }

  @Override
  public Work begin(Order order, List<String> items) {
    return connection -> {
      Set<String> open = lockOpen(connection, items);
      RejectedSelection.decide(connection, RejectedState.DISCARDED, order, items);
      return items.stream()
          .map(
              item ->
                  open.contains(item)
                      ? ItemOutcome.ok(item, "Discarded.")
                      : RejectedSelection.gone(item))
          .toList();
    };
  }

  private static Set<String> lockOpen(Connection connection, List<String> items)
      throws SQLException {
    String sql =
        "SELECT id FROM rejected_cdrs WHERE state = 'open' AND id IN (%s) ORDER BY id FOR UPDATE"
            .formatted(Columns.placeholders(items.size()));
    Set<String> open = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      RejectedSelection.bindIds(select, 1, items);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          open.add(row.getString(1));
        }
      }
    }
    return open;
  }
}
