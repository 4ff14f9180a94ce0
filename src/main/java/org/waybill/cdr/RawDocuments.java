package org.waybill.cdr;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;
import org.waybill.platform.MultiRowInsert;
import org.waybill.platform.MultiRowInsert.Values;

/** The table {@code raw_cdrs}: what CDRs of other dialects were made of, for as long as they. */
public final class RawDocuments {
  private static final int LONGEST_TYPE = 255;
  private static final int LONGEST_SENDER = 128;
  private static final MultiRowInsert<Row> ROWS =
      new MultiRowInsert<>(
          "raw_cdrs",
          List.of(
              "id_normalized_cdrs",
              "TableSuffix",
              "format",
              "mapping",
              "content_type",
              "url_uuid",
              "body",
              "repairs",
              "sender",
              "received_at"),
          RawDocuments::bind);

  private RawDocuments() {}

  private record Row(long id, NewCdr cdr, NewRaw raw) {}

  /** Stores the raw documents of those that have one. */
  static void insert(Connection connection, List<NewCdr> cdrs, List<Long> ids) throws SQLException {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < cdrs.size(); i++) {
      NewRaw raw = cdrs.get(i).raw();
      if (raw != null) {
        rows.add(new Row(ids.get(i), cdrs.get(i), raw));
      }
    }
    ROWS.insert(connection, rows);
  }

  private static void bind(Values values, Row row) throws SQLException {
    NewRaw raw = row.raw();
    values
        .add(row.id())
        .add(row.cdr().cdr().tableSuffix().toString())
        .add(row.cdr().source())
        .add(raw.mapping())
        .add(cut(raw.contentType(), LONGEST_TYPE))
        .add(cut(raw.urlUuid(), LONGEST_TYPE))
        .add(raw.packed().packed())
        .add(raw.repairs())
        .add(cut(raw.sender(), LONGEST_SENDER))
        .add(Columns.utcText(row.cdr().receivedAt()));
  }

  private static @Nullable String cut(@Nullable String text, int length) {
    return text == null || text.length() <= length ? text : text.substring(0, length);
  }

  /** What is known of the raw document of a CDR; empty for one that came in our own schema. */
  public static Optional<StoredRaw> find(Connection connection, StoredCdr cdr) throws SQLException {
    String sql =
        """
        SELECT version, format, mapping, content_type, url_uuid, UNCOMPRESSED_LENGTH(body) AS size,
          repairs, sender, received_at
          FROM raw_cdrs WHERE id_normalized_cdrs = ? AND TableSuffix = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, cdr.id());
      select.setString(2, cdr.tableSuffix().toString());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(stored(row)) : Optional.empty();
      }
    }
  }

  /** Its bytes as they came. */
  public static Optional<byte[]> body(Connection connection, StoredCdr cdr) throws SQLException {
    String sql = "SELECT body FROM raw_cdrs WHERE id_normalized_cdrs = ? AND TableSuffix = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, cdr.id());
      select.setString(2, cdr.tableSuffix().toString());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(PackedBytes.stored(row.getBytes(1)).bytes())
            : Optional.empty();
      }
    }
  }

  static StoredRaw stored(ResultSet row) throws SQLException {
    return new StoredRaw(
        row.getInt("version"),
        row.getString("format"),
        row.getInt("mapping"),
        row.getString("content_type"),
        row.getString("url_uuid"),
        row.getLong("size"),
        row.getString("repairs"),
        row.getString("sender"),
        Columns.instant(row, "received_at"));
  }
}
