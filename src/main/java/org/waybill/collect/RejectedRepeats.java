package org.waybill.collect;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.waybill.access.Audit;
import org.waybill.cdr.Uuids;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.platform.Snapshot;

/**
 * Takes rejected documents off the open list that were sent again and accepted. Nearly every CDR
 * that is stored has no such document and must not pay for a look into the database, so the uuids
 * of open ones are remembered; one too many costs a look in vain.
 */
@Dependent
class RejectedRepeats {
  private static final Duration MAX_AGE = Duration.ofSeconds(5);
  private static final int MAX_STORED = 20_000;
  private static final int MAX_RECENT = 10_000;

  private final Database database;
  private final Clock clock;
  private final Snapshot<Set<UUID>> stored;

  /** Those that were kept here, whether the snapshot has them yet or not. */
  private final Set<UUID> recent = ConcurrentHashMap.newKeySet();

  @Inject
  RejectedRepeats(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.stored = new Snapshot<>("uuids of rejected documents", clock, MAX_AGE, this::openUuids);
  }

  void kept(UUID uuid) {
    if (recent.size() >= MAX_RECENT) {
      recent.clear();
    }
    recent.add(uuid);
  }

  /** Whether a document of this uuid may be open. */
  boolean mayHold(UUID uuid) {
    return recent.contains(uuid) || stored.get().contains(uuid);
  }

  /**
   * The very same document is accepted, if it is open, with the line in the audit that says why.
   */
  void accept(Arrived arrived, UUID uuid) {
    String sql =
        """
        UPDATE rejected_cdrs SET state = 'accepted', decided_at = ?, decided_by = LEFT(?, 128),
          decision = ? WHERE body_hash = ? AND state = 'open'
        """;
    String who = arrived.caller().name();
    String why = "It was sent again and became the CDR " + uuid + ".";
    String subject = "rejected document of CDR " + uuid;
    database.transact(
        "accept a rejected document that came again",
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, Columns.utc(clock.instant()));
            update.setString(2, who);
            update.setString(3, why);
            update.setBytes(4, RejectedInsert.hash(arrived));
            boolean changed = update.executeUpdate() == 1;
            if (changed) {
              Audit.record(connection, new Audit.Entry(who, "rejected.accept", subject, why, null));
            }
            return changed;
          }
        });
    recent.remove(uuid);
  }

  private Set<UUID> openUuids() {
    return database.read("read the uuids of rejected documents", RejectedRepeats::openUuids);
  }

  private static Set<UUID> openUuids(Connection connection) throws SQLException {
    String sql =
        """
        SELECT DISTINCT uuid FROM rejected_cdrs
         WHERE state = 'open' AND uuid IS NOT NULL LIMIT %d
        """
            .formatted(MAX_STORED);
    Set<UUID> uuids = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        uuids.add(Uuids.uuid(rows.getBytes(1)));
      }
    }
    return uuids;
  }
}
