package org.waybill.cdr;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.waybill.platform.Columns;

/** Reads the documents of stored CDRs by their ids. */
public final class CdrDocuments {
  private CdrDocuments() {}

  /** The documents that are not longer than so many bytes, by the CDR's id. */
  public static Map<Long, String> read(
      Connection connection, Collection<Long> ids, Days days, long maxBytes) throws SQLException {
    String sql =
        """
        SELECT id, xml FROM normalized_cdrs
         WHERE id IN (%s) AND TableSuffix BETWEEN ? AND ?
           AND COALESCE(OCTET_LENGTH(plain), UNCOMPRESSED_LENGTH(packed)) <= ?
        """
            .formatted(Columns.placeholders(ids.size()));
    Map<Long, String> documents = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      for (long id : ids) {
        select.setLong(column++, id);
      }
      select.setString(column++, days.first().toString());
      select.setString(column++, days.last().toString());
      select.setLong(column, maxBytes);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          documents.put(row.getLong(1), row.getString(2));
        }
      }
    }
    return documents;
  }
}
