package org.waybill.cdr;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.waybill.platform.Columns;

/**
 * Puts CDRs that were made anew in the place of what was made before. The content hash is of what
 * the sender said: it stays unless the sender says something new.
 */
public final class Remakes {
  private Remakes() {}

  /** Those of the CDRs that have a raw document, in the order of their ids. */
  public static List<RawCdr> read(Connection connection, Collection<Long> ids) throws SQLException {
    String sql =
        """
        SELECT c.id, c.uuid, c.TableSuffix, c.rmOrgID, c.source, c.received_at, c.start_epoch,
          c.xml, r.version, r.format, r.mapping, r.content_type, r.url_uuid,
          UNCOMPRESSED_LENGTH(r.body) AS size, r.repairs, r.sender, r.body
          FROM raw_cdrs r
          JOIN normalized_cdrs c ON c.id = r.id_normalized_cdrs AND c.TableSuffix = r.TableSuffix
         WHERE r.id_normalized_cdrs IN (%s) ORDER BY c.id
        """
            .formatted(Columns.placeholders(ids.size()));
    List<RawCdr> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      for (long id : ids) {
        select.setLong(column++, id);
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          byte[] body = PackedBytes.stored(row.getBytes("body")).bytes();
          found.add(new RawCdr(CdrStore.stored(row), RawDocuments.stored(row), body));
        }
      }
    }
    return found;
  }

  /**
   * Stores the next version.
   *
   * @param before as it was read
   * @return false when it is not as it was read any more
   */
  public static boolean store(Connection connection, RawCdr before, RemadeCdr now)
      throws SQLException {
    if (!countUp(connection, before, now)) {
      return false;
    }
    if (now.document() != null) {
      replace(connection, before, now.document());
    }
    String sql =
        """
        UPDATE normalized_cdrs SET plain = ?, packed = ?, start_epoch = ?, calling_number = ?,
          called_number = ?, direction = ?, hangup_cause = ?, billsec = ?, operator_name = ?
         WHERE id = ? AND TableSuffix = ?
        """;
    Recount recount = Recount.before(connection, before.cdr(), now.cdr());
    CallFacts facts = CallFacts.of(now.cdr());
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, now.xml().plain());
      update.setBytes(2, now.xml().packed());
      update.setLong(3, now.cdr().startEpoch());
      update.setString(4, facts.callingNumber());
      update.setString(5, facts.calledNumber());
      update.setString(6, facts.direction());
      update.setString(7, facts.hangupCause());
      update.setObject(8, facts.billsec(), Types.INTEGER);
      update.setString(9, facts.operatorName());
      update.setLong(10, before.cdr().id());
      update.setString(11, before.cdr().tableSuffix().toString());
      boolean stored = update.executeUpdate() == 1;
      recount.after(connection);
      return stored;
    }
  }

  private static boolean countUp(Connection connection, RawCdr before, RemadeCdr now)
      throws SQLException {
    String sql =
        """
        UPDATE raw_cdrs SET version = version + 1, mapping = ?, repairs = ?
         WHERE id_normalized_cdrs = ? AND TableSuffix = ? AND version = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, now.mapping());
      update.setString(2, now.repairs());
      update.setLong(3, before.cdr().id());
      update.setString(4, before.cdr().tableSuffix().toString());
      update.setInt(5, before.raw().version());
      return update.executeUpdate() == 1;
    }
  }

  private static void replace(Connection connection, RawCdr before, RemadeCdr.Document document)
      throws SQLException {
    String raw =
        """
        UPDATE raw_cdrs SET body = ?, received_at = ?
         WHERE id_normalized_cdrs = ? AND TableSuffix = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(raw)) {
      update.setBytes(1, document.packed().packed());
      update.setObject(2, Columns.utc(document.receivedAt()));
      update.setLong(3, before.cdr().id());
      update.setString(4, before.cdr().tableSuffix().toString());
      update.executeUpdate();
    }
    String key = "UPDATE cdr_keys SET content_hash = ? WHERE uuid = ?";
    try (PreparedStatement update = connection.prepareStatement(key)) {
      update.setBytes(1, document.contentHash().bytes());
      update.setBytes(2, Uuids.bytes(before.cdr().uuid()));
      update.executeUpdate();
    }
  }
}
