package org.waybill.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.waybill.dispatch.ReportBatch.Member;
import org.waybill.platform.Columns;
import org.waybill.platform.MultiRowInsert;
import org.waybill.task.Deliveries;
import org.waybill.task.Delivery;
import org.waybill.task.DeliveryKey;
import org.waybill.task.DeliveryKind;
import org.waybill.task.Progress;

/**
 * The tables {@code report_batches}, {@code report_members} and {@code report_sequences}. Only the
 * owner of a consumer's queue writes them, behind its fence.
 */
final class ReportBatches {
  private static final MultiRowInsert<Row> MEMBERS =
      new MultiRowInsert<>(
          "report_members",
          List.of("id_gateways", "number", "id_tasks", "item", "payload_version"),
          (values, row) ->
              values
                  .add(row.batch().consumer())
                  .add(row.batch().number())
                  .add(row.member().key().taskId())
                  .add(row.member().key().item())
                  .add(row.member().payloadVersion()));

  private ReportBatches() {}

  private record Row(ReportBatch batch, Member member) {}

  /** The next number of a consumer's batches. Only what commits has one. */
  static long allot(Connection connection, int consumer, Instant now) throws SQLException {
    String sql =
        """
        INSERT INTO report_sequences (id_gateways, last_number, last_at) VALUES (?, 1, ?)
        ON DUPLICATE KEY UPDATE last_number = last_number + 1, last_at = VALUES(last_at)
        """;
    try (PreparedStatement upsert = connection.prepareStatement(sql)) {
      upsert.setInt(1, consumer);
      upsert.setObject(2, Columns.utc(now));
      upsert.executeUpdate();
    }
    String read = "SELECT last_number FROM report_sequences WHERE id_gateways = ?";
    try (PreparedStatement select = connection.prepareStatement(read)) {
      select.setInt(1, consumer);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** When the last batch of a consumer was made; long ago when none was. */
  static Instant lastMade(Connection connection, int consumer) throws SQLException {
    String sql = "SELECT last_at FROM report_sequences WHERE id_gateways = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, consumer);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Columns.instant(row, "last_at") : Instant.EPOCH;
      }
    }
  }

  static void insert(Connection connection, ReportBatch batch, byte[] body) throws SQLException {
    String sql =
        """
        INSERT INTO report_batches (id_gateways, number, made_at, due_at, body)
        VALUES (?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, batch.consumer());
      insert.setLong(2, batch.number());
      insert.setObject(3, Columns.utc(batch.madeAt()));
      insert.setObject(4, Columns.utc(batch.dueAt()));
      insert.setBytes(5, body);
      insert.executeUpdate();
    }
    MEMBERS.insert(
        connection, batch.members().stream().map(member -> new Row(batch, member)).toList());
  }

  /** Those of a consumer that are not settled, in order. */
  static List<ReportBatch> outstanding(Connection connection, int consumer) throws SQLException {
    Map<Long, List<Member>> members = members(connection, consumer);
    String sql =
        """
        SELECT number, made_at, due_at, sends, failures, misconfigured, misconfigured_at, refused
          FROM report_batches WHERE id_gateways = ? ORDER BY number
        """;
    List<ReportBatch> batches = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, consumer);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          long number = row.getLong("number");
          batches.add(batch(row, consumer, members.getOrDefault(number, List.of())));
        }
      }
    }
    return batches;
  }

  private static ReportBatch batch(ResultSet row, int consumer, List<Member> members)
      throws SQLException {
    Progress progress =
        new Progress(
            row.getInt("sends") > 0,
            row.getInt("sends"),
            row.getInt("failures"),
            0,
            row.getObject("misconfigured", Integer.class),
            Columns.instantOrNull(row, "misconfigured_at"));
    return new ReportBatch(
        consumer,
        row.getLong("number"),
        Columns.instant(row, "made_at"),
        Columns.instant(row, "due_at"),
        progress,
        row.getBoolean("refused"),
        members);
  }

  private static Map<Long, List<Member>> members(Connection connection, int consumer)
      throws SQLException {
    String sql =
        """
        SELECT number, id_tasks, item, payload_version FROM report_members
         WHERE id_gateways = ? ORDER BY number, id_tasks
        """;
    Map<Long, List<Member>> members = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, consumer);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          DeliveryKey key =
              new DeliveryKey(row.getLong("id_tasks"), DeliveryKind.REPORT, row.getInt("item"));
          members
              .computeIfAbsent(row.getLong("number"), number -> new ArrayList<>())
              .add(new Member(key, row.getInt("payload_version")));
        }
      }
    }
    return members;
  }

  /** What is sent; empty when the batch is gone. */
  static Optional<byte[]> body(Connection connection, ReportBatch batch) throws SQLException {
    String sql = "SELECT body FROM report_batches WHERE id_gateways = ? AND number = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, batch.consumer());
      select.setLong(2, batch.number());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getBytes("body")) : Optional.empty();
      }
    }
  }

  /**
   * The members that still wait with what the batch says of them, as they stand now: not those that
   * an operator has cancelled, or an amendment changed.
   */
  static List<Delivery> standing(Connection connection, ReportBatch batch) throws SQLException {
    Set<Member> members = new HashSet<>(batch.members());
    return Deliveries.standing(connection, batch.consumer(), batch.keys()).stream()
        .filter(delivery -> members.contains(Member.of(delivery)))
        .toList();
  }

  /** How far it has got; false when that was written before. */
  static boolean update(Connection connection, ReportBatch before, ReportBatch after)
      throws SQLException {
    String sql =
        """
        UPDATE report_batches SET due_at = ?, sends = ?, failures = ?, misconfigured = ?,
          misconfigured_at = ?, refused = ?
         WHERE id_gateways = ? AND number = ? AND sends = ?
        """;
    Progress progress = after.progress();
    Instant blamedAt = progress.blamedAt();
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, Columns.utc(after.dueAt()));
      update.setInt(2, progress.sends());
      update.setInt(3, progress.failures());
      update.setObject(4, progress.blamed());
      update.setObject(5, blamedAt == null ? null : Columns.utc(blamedAt));
      update.setBoolean(6, after.refused());
      update.setInt(7, before.consumer());
      update.setLong(8, before.number());
      update.setInt(9, before.progress().sends());
      return update.executeUpdate() == 1;
    }
  }

  /** It is settled; false when it was before. */
  static boolean delete(Connection connection, ReportBatch batch) throws SQLException {
    String members = "DELETE FROM report_members WHERE id_gateways = ? AND number = ?";
    String batches = "DELETE FROM report_batches WHERE id_gateways = ? AND number = ?";
    int deleted = 0;
    for (String sql : List.of(members, batches)) {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setInt(1, batch.consumer());
        delete.setLong(2, batch.number());
        deleted = delete.executeUpdate();
      }
    }
    return deleted == 1;
  }
}
