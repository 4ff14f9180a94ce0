package org.waybill.cdr;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
import org.waybill.platform.Columns;
import org.waybill.platform.MultiRowInsert;
import org.waybill.platform.MultiRowInsert.Values;

/**
 * The tables {@code normalized_cdrs} and {@code cdr_keys}. Writes many rows with few statements.
 */
@ApplicationScoped
public class CdrStore {
  private static final MultiRowInsert<NewCdr> ROWS =
      new MultiRowInsert<>(
          "normalized_cdrs",
          List.of(
              "plain",
              "packed",
              "uuid",
              "TableSuffix",
              "rmOrgID",
              "source",
              "received_at",
              "start_epoch",
              "calling_number",
              "called_number",
              "direction",
              "hangup_cause",
              "billsec",
              "operator_name"),
          CdrStore::bind);
  private static final MultiRowInsert<Numbered> KEYS =
      new MultiRowInsert<>(
          "cdr_keys",
          List.of("uuid", "id_normalized_cdrs", "TableSuffix", "content_hash"),
          CdrStore::bind);

  private final Clock clock;
  private final OldDays oldDays = new OldDays();

  @Inject
  public CdrStore(Clock clock) {
    this.clock = clock;
  }

  /** A CDR and the id that its row was given. */
  private record Numbered(NewCdr cdr, long id) {}

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
   * Stores CDRs of different uuids, with their raw documents where they have one.
   *
   * @return their ids, in the same order
   * @throws java.sql.SQLIntegrityConstraintViolationException when another transaction was first
   */
  public List<Long> insert(Connection connection, List<NewCdr> cdrs) throws SQLException {
    List<Long> ids = ROWS.insertNumbered(connection, cdrs);
    KEYS.insert(connection, inKeyOrder(cdrs, ids));
    RawDocuments.insert(connection, cdrs, ids);
    CdrRanges.insert(connection, cdrs, ids);
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

  private static void bind(Values values, NewCdr row) throws SQLException {
    Cdr cdr = row.cdr();
    CallFacts facts = CallFacts.of(cdr);
    values
        .add(row.xml().plain())
        .addOrNull(row.xml().packed())
        .add(Uuids.bytes(cdr.uuid()))
        .add(cdr.tableSuffix().toString())
        .add(cdr.rmOrgId())
        .add(row.source())
        .add(Columns.utcText(row.receivedAt()))
        .add(cdr.startEpoch())
        .add(facts.callingNumber())
        .add(facts.calledNumber())
        .add(facts.direction())
        .add(facts.hangupCause())
        .addOrNull(facts.billsec())
        .add(facts.operatorName());
  }

  private static void bind(Values values, Numbered row) throws SQLException {
    Cdr cdr = row.cdr().cdr();
    values
        .add(Uuids.bytes(cdr.uuid()))
        .add(row.id())
        .add(cdr.tableSuffix().toString())
        .add(row.cdr().contentHash().bytes());
  }

  /** Two nodes that store the same uuids then wait for each other instead of deadlocking. */
  private static List<Numbered> inKeyOrder(List<NewCdr> cdrs, List<Long> ids) {
    List<Numbered> rows = new ArrayList<>(cdrs.size());
    for (int row = 0; row < cdrs.size(); row++) {
      rows.add(new Numbered(cdrs.get(row), ids.get(row)));
    }
    rows.sort(Comparator.comparing(row -> row.cdr().cdr().uuid()));
    return rows;
  }

  private static StoredKey key(ResultSet row) throws SQLException {
    return new StoredKey(
        row.getLong("id_normalized_cdrs"),
        Uuids.uuid(row.getBytes("uuid")),
        TableSuffix.parse(row.getString("TableSuffix")),
        new ContentHash(row.getBytes("content_hash")));
  }

  static StoredCdr stored(ResultSet row) throws SQLException {
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
}
