package org.waybill.collect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Audit;
import org.waybill.platform.Columns;
import org.waybill.platform.Database;
import org.waybill.platform.Where;

/**
 * The table {@code rejected_cdrs}: every document that could not become a CDR, with its bytes and
 * all its violations, until an operator acts. The same bytes are kept once.
 */
@ApplicationScoped
public class RejectedDocuments {
  private final Database database;
  private final Clock clock;

  @Inject
  public RejectedDocuments(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected RejectedDocuments() {
    this.database = null;
    this.clock = null;
  }

  /**
   * Keeps a document durably. Bytes that came before are counted; what an operator decided about
   * them stands, unless they were accepted unchanged and are refused again.
   *
   * @return its id
   */
  public long keep(Arrived arrived, Rejection rejection) {
    return database.transact(
        "keep a rejected document",
        connection -> RejectedInsert.run(connection, arrived, rejection));
  }

  public Optional<RejectedDocument> find(long id) {
    return database.read(
        "find a rejected document",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(RejectedRows.SELECT + " WHERE id = ?")) {
            select.setLong(1, id);
            List<RejectedDocument> found = RejectedRows.all(select);
            return found.stream().findFirst();
          }
        });
  }

  /**
   * Newest first.
   *
   * @param before only those with a smaller id: the last one of the page before
   */
  public List<RejectedDocument> list(RejectedFilter filter, @Nullable Long before, int limit) {
    Where where = filter.where().and("id < ?", before);
    String sql = RejectedRows.SELECT + " WHERE " + where.sql() + " ORDER BY id DESC LIMIT ?";
    return database.read(
        "list rejected documents",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            where.bind(select, limit);
            return RejectedRows.all(select);
          }
        });
  }

  /** How many wait for a decision, counted up to so many. */
  public int open(int atMost) {
    String sql =
        "SELECT COUNT(*) FROM (SELECT id FROM rejected_cdrs WHERE state = 'open' LIMIT ?) counted";
    return database.read(
        "count rejected documents",
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, atMost);
            try (ResultSet row = select.executeQuery()) {
              row.next();
              return row.getInt(1);
            }
          }
        });
  }

  public Optional<RejectedBody> body(long id) {
    return database.read(
        "read the body of a rejected document",
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT " + RejectedRows.BODY + " FROM rejected_cdrs WHERE id = ?")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? Optional.of(RejectedRows.body(row)) : Optional.empty();
            }
          }
        });
  }

  /**
   * Takes an open one off the list, with the line in the audit that says who and why.
   *
   * @return whether it was open
   */
  public boolean decide(long id, RejectedState state, Audit.Entry why) {
    String sql =
        """
        UPDATE rejected_cdrs SET state = ?, decided_at = ?, decided_by = ?, decision = LEFT(?, 1000)
         WHERE id = ? AND state = 'open'
        """;
    return update(
        "decide about a rejected document",
        sql,
        why,
        update -> {
          update.setString(1, state.word());
          update.setObject(2, Columns.utc(clock.instant()));
          update.setString(3, why.who());
          update.setString(4, why.reason());
          update.setLong(5, id);
        });
  }

  /** Puts another document in the place of an open one; the bytes first received are not lost. */
  public void replaceBody(long id, Replacement body, Audit.Entry why) {
    String sql =
        """
        UPDATE rejected_cdrs SET original_body = COALESCE(original_body, body), body = ?,
          content_type = ? WHERE id = ? AND state = 'open'
        """;
    update(
        "replace the body of a rejected document",
        sql,
        why,
        update -> {
          update.setBytes(1, body.bytes());
          update.setString(2, body.contentType());
          update.setLong(3, id);
        });
  }

  /** Says anew why an open one is rejected. */
  public void explain(long id, Rejection rejection, Audit.Entry why) {
    update(
        "explain a rejected document",
        RejectedRows.EXPLAIN,
        why,
        update -> {
          RejectedPostings.explained(update.getConnection(), id, rejection);
          RejectedRows.bindExplain(update, id, rejection);
        });
  }

  @FunctionalInterface
  private interface Binding {
    void to(PreparedStatement statement) throws SQLException;
  }

  private boolean update(String stage, String sql, Audit.Entry why, Binding binding) {
    return database.transact(
        stage,
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            binding.to(update);
            boolean changed = update.executeUpdate() == 1;
            if (changed) {
              Audit.record(connection, why);
            }
            return changed;
          }
        });
  }
}
