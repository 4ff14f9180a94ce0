package org.waybill.collect;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Uuids;
import org.waybill.platform.Columns;

/** Rows of {@code rejected_cdrs} without their bodies. */
final class RejectedRows {
  static final String SELECT =
      """
      SELECT id, received_at, last_received_at, times, source, sender, reason, rmOrgID, uuid, state,
        content_type, violations, cause, decided_at, decided_by, decision FROM rejected_cdrs
      """;

  static final String EXPLAIN =
      """
      UPDATE rejected_cdrs SET reason = ?, violations = ?, cause = ?, rmOrgID = ?, uuid = ?
       WHERE id = ? AND state = 'open'
      """;

  /** What {@link #body} reads. */
  static final String BODY = "content_type, source, body, url_uuid, sender, sender_organizations";

  private RejectedRows() {}

  static void bindExplain(PreparedStatement update, long id, Rejection rejection)
      throws SQLException {
    update.setString(1, rejection.reason().name());
    update.setString(2, Violations.json(rejection.violations()).toString());
    update.setString(3, rejection.cause());
    update.setObject(4, rejection.rmOrgId());
    RejectedInsert.setUuid(update, 5, rejection.uuid());
    update.setLong(6, id);
  }

  static RejectedBody body(ResultSet row) throws SQLException {
    return new RejectedBody(
        row.getString("content_type"),
        row.getString("source"),
        row.getBytes("body"),
        row.getString("url_uuid"),
        row.getString("sender"),
        numbers(row.getString("sender_organizations")));
  }

  private static Set<Integer> numbers(String commas) {
    return Arrays.stream(commas.split(",", -1))
        .filter(number -> !number.isEmpty())
        .map(Integer::valueOf)
        .collect(Collectors.toSet());
  }

  static List<RejectedDocument> all(PreparedStatement select) throws SQLException {
    List<RejectedDocument> documents = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        documents.add(document(rows));
      }
    }
    return documents;
  }

  private static RejectedDocument document(ResultSet row) throws SQLException {
    return new RejectedDocument(
        row.getLong("id"),
        Columns.instant(row, "received_at"),
        Columns.instant(row, "last_received_at"),
        row.getInt("times"),
        row.getString("source"),
        row.getString("sender"),
        RejectionReason.valueOf(row.getString("reason")),
        row.getObject("rmOrgID", Integer.class),
        uuid(row.getBytes("uuid")),
        RejectedState.ofWord(row.getString("state")),
        row.getString("content_type"),
        Violations.parse(row.getString("violations")),
        row.getString("cause"),
        Columns.instantOrNull(row, "decided_at"),
        row.getString("decided_by"),
        row.getString("decision"));
  }

  private static @Nullable UUID uuid(byte @Nullable [] bytes) {
    return bytes == null ? null : Uuids.uuid(bytes);
  }
}
