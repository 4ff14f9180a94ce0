package org.waybill.task;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import org.waybill.cdr.TableSuffix;
import org.waybill.platform.Columns;

/** How a delivery is written in a row of {@code deliveries}. */
final class DeliveryRows {
  static final String COLUMNS =
      """
      id_gateways, lane, due_at, id_tasks, kind, item, TableSuffix, id_normalized_cdrs, rmOrgID,
      bound, sends, failures, failures_before, payload_version, misconfigured, misconfigured_at,
      created_at
      """;

  /** The order of the primary key, so that two transactions lock rows in the same order. */
  static final Comparator<Delivery> CLAIM_ORDER =
      Comparator.comparing((Delivery delivery) -> delivery.place().queue())
          .thenComparing(delivery -> delivery.place().lane())
          .thenComparing(delivery -> delivery.place().dueAt())
          .thenComparing(Delivery::taskId)
          .thenComparing(delivery -> delivery.key().kind())
          .thenComparing(delivery -> delivery.key().item());

  private DeliveryRows() {}

  static String keys(int count) {
    String one =
        "(id_gateways = ? AND lane = ? AND due_at = ? AND id_tasks = ? AND kind = ? AND item = ?)";
    return one + (" OR " + one).repeat(count - 1);
  }

  static void bindKeys(PreparedStatement statement, Collection<Delivery> deliveries)
      throws SQLException {
    int column = 1;
    for (Delivery delivery : deliveries.stream().sorted(CLAIM_ORDER).toList()) {
      column = bindKey(statement, column, delivery);
    }
  }

  static int bindKey(PreparedStatement statement, int first, Delivery delivery)
      throws SQLException {
    statement.setInt(first, delivery.place().queue());
    statement.setInt(first + 1, delivery.place().lane());
    statement.setObject(first + 2, Columns.utc(delivery.place().dueAt()));
    statement.setLong(first + 3, delivery.taskId());
    statement.setString(first + 4, delivery.key().kind().word());
    statement.setInt(first + 5, delivery.key().item());
    return first + 6;
  }

  static int bindProgress(PreparedStatement insert, int first, Delivery delivery)
      throws SQLException {
    Progress progress = delivery.progress();
    Instant blamedAt = progress.blamedAt();
    insert.setBoolean(first, progress.bound());
    insert.setInt(first + 1, progress.sends());
    insert.setInt(first + 2, progress.failures());
    insert.setInt(first + 3, progress.failuresBefore());
    insert.setInt(first + 4, delivery.payloadVersion());
    insert.setObject(first + 5, progress.blamed());
    insert.setObject(first + 6, blamedAt == null ? null : Columns.utc(blamedAt));
    return first + 7;
  }

  static DeliveryKey key(ResultSet row) throws SQLException {
    return new DeliveryKey(
        row.getLong("id_tasks"), DeliveryKind.ofWord(row.getString("kind")), row.getInt("item"));
  }

  static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        key(row),
        new Place(row.getInt("id_gateways"), row.getInt("lane"), Columns.instant(row, "due_at")),
        new Delivery.Origin(
            row.getLong("id_normalized_cdrs"),
            TableSuffix.parse(row.getString("TableSuffix")),
            row.getInt("rmOrgID")),
        row.getInt("payload_version"),
        Columns.instant(row, "created_at"),
        new Progress(
            row.getBoolean("bound"),
            row.getInt("sends"),
            row.getInt("failures"),
            row.getInt("failures_before"),
            row.getObject("misconfigured", Integer.class),
            Columns.instantOrNull(row, "misconfigured_at")));
  }
}
