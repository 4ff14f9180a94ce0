package org.waybill.cdr;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;

/**
 * The tables {@code normalized_cdrs} and {@code cdr_keys}. Writes many rows with few statements:
 * the driver makes one multi-row INSERT of each batch ({@code rewriteBatchedStatements=true}).
 */
@ApplicationScoped
public class CdrStore {
  private final Clock clock;
  private final OldDays oldDays = new OldDays();

  @Inject
  public CdrStore(Clock clock) {
    this.clock = clock;
  }

  protected CdrStore() {
    this(Clock.systemUTC());
  }

  /** Those of the uuids that are stored already, whatever their day. */
  public Map<UUID, StoredKey> find(Connection connection, Collection<UUID> uuids)
      throws SQLException {
    Map<UUID, StoredKey> found = new HashMap<>();
    if (uuids.isEmpty()) {
      return found;
    }
    String sql =
        """
        SELECT uuid, id_normalized_cdrs, TableSuffix, content_hash FROM cdr_keys
         WHERE uuid IN (%s)
        """
            .formatted(Columns.placeholders(uuids.size()));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int column = 1;
      for (UUID uuid : uuids) {
        select.setBytes(column++, Uuids.bytes(uuid));
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          StoredKey key = key(rows);
          found.put(key.uuid(), key);
        }
      }
    }
    return found;
  }

  /**
   * To be called before {@link #insert} in the same transaction.
   *
   * @return days of these CDRs that retention is just taking away: they must not be stored now
   */
  public Set<TableSuffix> leavingDays(Connection connection, List<NewCdr> cdrs)
      throws SQLException {
    List<TableSuffix> days = cdrs.stream().map(cdr -> cdr.cdr().tableSuffix()).toList();
    return oldDays.enter(connection, days, clock.instant());
  }

  /**
   * Stores CDRs of different uuids.
   *
   * @return their ids, in the same order
   * @throws java.sql.SQLIntegrityConstraintViolationException when another transaction was first
   */
  public List<Long> insert(Connection connection, List<NewCdr> cdrs) throws SQLException {
    List<Long> ids = insertRows(connection, cdrs);
    insertKeys(connection, cdrs, ids);
    return ids;
  }

  /** One CDR with its document. */
  public Optional<StoredCdr> read(Connection connection, UUID uuid) throws SQLException {
    String sql =
        """
        SELECT c.id, c.uuid, c.TableSuffix, c.rmOrgID, c.source, c.received_at, c.start_epoch, c.xml
          FROM cdr_keys k
          JOIN normalized_cdrs c ON c.id = k.id_normalized_cdrs AND c.TableSuffix = k.TableSuffix
         WHERE k.uuid = ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setBytes(1, Uuids.bytes(uuid));
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(stored(rows)) : Optional.empty();
      }
    }
  }

  private static List<Long> insertRows(Connection connection, List<NewCdr> cdrs)
      throws SQLException {
    String sql =
        """
        INSERT INTO normalized_cdrs (xml, uuid, TableSuffix, rmOrgID, source, received_at,
          start_epoch, calling_number, called_number, direction, hangup_cause, billsec)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      for (NewCdr cdr : cdrs) {
        bind(insert, cdr);
        insert.addBatch();
      }
      insert.executeBatch();
      return Columns.generatedKeys(insert, cdrs.size());
    }
  }

  private static void bind(PreparedStatement insert, NewCdr row) throws SQLException {
    Cdr cdr = row.cdr();
    CallFacts facts = CallFacts.of(cdr);
    // As bytes: the driver looks at every character of a string, for quotes.
    insert.setBytes(1, row.xml().getBytes(StandardCharsets.UTF_8));
    insert.setBytes(2, Uuids.bytes(cdr.uuid()));
    insert.setString(3, cdr.tableSuffix().toString());
    insert.setInt(4, cdr.rmOrgId());
    insert.setString(5, row.source());
    insert.setString(6, Columns.utcText(row.receivedAt()));
    insert.setLong(7, cdr.startEpoch());
    insert.setString(8, facts.callingNumber());
    insert.setString(9, facts.calledNumber());
    insert.setString(10, facts.direction());
    insert.setString(11, facts.hangupCause());
    setInteger(insert, 12, facts.billsec());
  }

  private static void insertKeys(Connection connection, List<NewCdr> cdrs, List<Long> ids)
      throws SQLException {
    String sql =
        """
        INSERT INTO cdr_keys (uuid, id_normalized_cdrs, TableSuffix, content_hash)
        VALUES (?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int row : inKeyOrder(cdrs)) {
        NewCdr cdr = cdrs.get(row);
        insert.setBytes(1, Uuids.bytes(cdr.cdr().uuid()));
        insert.setLong(2, ids.get(row));
        insert.setString(3, cdr.cdr().tableSuffix().toString());
        insert.setBytes(4, cdr.contentHash().bytes());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Two nodes that store the same uuids then wait for each other instead of deadlocking. */
  private static List<Integer> inKeyOrder(List<NewCdr> cdrs) {
    List<Integer> rows = new ArrayList<>(cdrs.size());
    for (int row = 0; row < cdrs.size(); row++) {
      rows.add(row);
    }
    rows.sort(Comparator.comparing(row -> cdrs.get(row).cdr().uuid()));
    return rows;
  }

  private static StoredKey key(ResultSet row) throws SQLException {
    return new StoredKey(
        row.getLong("id_normalized_cdrs"),
        Uuids.uuid(row.getBytes("uuid")),
        TableSuffix.parse(row.getString("TableSuffix")),
        new ContentHash(row.getBytes("content_hash")));
  }

  private static StoredCdr stored(ResultSet row) throws SQLException {
    return new StoredCdr(
        row.getLong("id"),
        Uuids.uuid(row.getBytes("uuid")),
        TableSuffix.parse(row.getString("TableSuffix")),
        row.getInt("rmOrgID"),
        row.getString("source"),
        Columns.instant(row, "received_at"),
        row.getLong("start_epoch"),
        row.getString("xml"));
  }

  private static void setInteger(PreparedStatement statement, int column, @Nullable Integer value)
      throws SQLException {
    if (value == null) {
      statement.setNull(column, Types.INTEGER);
    } else {
      statement.setInt(column, value);
    }
  }
}
