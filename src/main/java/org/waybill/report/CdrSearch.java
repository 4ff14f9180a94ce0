package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.CdrStore;
import org.waybill.cdr.RawDocuments;
import org.waybill.cdr.StoredCdr;
import org.waybill.cdr.StoredRaw;
import org.waybill.cdr.Uuids;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.platform.Where;

/**
 * Finds CDRs. Lists are read a page at a time along an index, never counted, and only in the
 * partitions of the days asked for.
 */
@ApplicationScoped
public class CdrSearch {
  private final Database database;
  private final CdrStore store;

  @Inject
  public CdrSearch(Database database, CdrStore store) {
    this.database = database;
    this.store = store;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected CdrSearch() {
    this(null, null);
  }

  /** One CDR with its document. */
  public Optional<StoredCdr> find(UUID uuid) {
    return database.read("find a CDR", connection -> store.read(connection, uuid));
  }

  /** What a CDR was made of; empty for one that came in our own schema, whose document it is. */
  public Optional<StoredRaw> raw(StoredCdr cdr) {
    return database.read("find a raw document", connection -> RawDocuments.find(connection, cdr));
  }

  /** The bytes of the same. */
  public Optional<byte[]> rawBody(StoredCdr cdr) {
    return database.read("read a raw document", connection -> RawDocuments.body(connection, cdr));
  }

  /**
   * Newest first.
   *
   * @param after the last one of the page before
   */
  public List<CdrLine> list(CdrFilter filter, @Nullable CdrCursor after, int limit) {
    Where where = where(filter, after);
    String sql =
        """
        SELECT id, uuid, start_epoch, TableSuffix, rmOrgID, source, received_at, calling_number,
               called_number, direction, hangup_cause, billsec
          FROM normalized_cdrs WHERE %s ORDER BY start_epoch DESC, id DESC LIMIT ?
        """
            .formatted(where.sql());
    return database.read(
        "list CDRs",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            where.bind(select, limit);
            return lines(select);
          }
        });
  }

  private static Where where(CdrFilter filter, @Nullable CdrCursor after) {
    Where where = filter.where();
    if (after != null) {
      where
          .andAll(
              "start_epoch <= ? AND (start_epoch < ? OR id < ?)",
              after.startEpoch(),
              after.startEpoch(),
              after.id())
          .and("TableSuffix <= ?", CdrFilter.lastDay(after.startEpoch() + 1));
    }
    return where;
  }

  private static List<CdrLine> lines(PreparedStatement select) throws SQLException {
    List<CdrLine> lines = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        lines.add(
            new CdrLine(
                row.getLong("id"),
                Uuids.uuid(row.getBytes("uuid")),
                row.getLong("start_epoch"),
                row.getString("TableSuffix"),
                row.getInt("rmOrgID"),
                row.getString("source"),
                Columns.instant(row, "received_at"),
                row.getString("calling_number"),
                row.getString("called_number"),
                row.getString("direction"),
                row.getString("hangup_cause"),
                row.getObject("billsec", Integer.class)));
      }
    }
    return lines;
  }
}
