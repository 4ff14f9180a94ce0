package org.waybill.task;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Database;
import org.waybill.platform.WaybillException;

/**
 * The address book {@code gateways}. Reads come from a copy in memory that is read again after a
 * change made here, and at most a second after one made by another node.
 */
@ApplicationScoped
public class Gateways {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Database database;
  private final Clock clock;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Copy copy;

  private record Copy(AddressBook book, Instant readAt) {}

  @Inject
  public Gateways(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Gateways() {
    this.database = null;
    this.clock = null;
  }

  /** As {@link AddressBook#route}, by the present address book. */
  public int route(int rmOrgId, DeliveryKind kind, int item) {
    return book().route(rmOrgId, kind, item);
  }

  public Optional<Gateway> find(int id) {
    return book().find(id);
  }

  public List<Gateway> all() {
    return book().gateways();
  }

  /** The present address book, not older than a second while the database answers. */
  public AddressBook book() {
    Copy now = copy;
    if (now != null && (isFresh(now) || !reading.tryLock())) {
      return now.book();
    }
    if (now == null) {
      reading.lock();
    }
    try {
      return refreshed();
    } finally {
      reading.unlock();
    }
  }

  public Gateway add(NewGateway gateway) {
    return changed("add gateway", connection -> insert(connection, gateway));
  }

  /** Replaces everything about a gateway but its state. */
  public Gateway update(int id, NewGateway gateway) {
    String sql =
        """
        UPDATE gateways SET kind = ?, name = ?, url = ?, rmOrgID = ?, authorization = ?,
          max_in_flight = ?, rate_per_second = ?
         WHERE id = ?
        """;
    return changed(
        "update gateway",
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            bind(update, gateway);
            update.setInt(8, id);
            update.executeUpdate();
          }
          return id;
        });
  }

  /** Its deliveries wait until it is resumed. */
  public Gateway pause(int id) {
    return set(id, "UPDATE gateways SET paused = TRUE WHERE id = ?");
  }

  public Gateway resume(int id) {
    return set(id, "UPDATE gateways SET paused = FALSE WHERE id = ?");
  }

  /** It gets no new deliveries; those sent to it before wait until it is active again. */
  public Gateway deactivate(int id) {
    return set(id, "UPDATE gateways SET active = FALSE WHERE id = ?");
  }

  public Gateway activate(int id) {
    return set(id, "UPDATE gateways SET active = TRUE WHERE id = ?");
  }

  /**
   * Writes the gateways of the settings at the first start of an installation; from then on they
   * are the operators'.
   */
  public void seed(List<URI> storage, List<URI> analytics) {
    database.transact(
        "seed gateways",
        connection -> {
          if (isFirstStart(connection)) {
            for (URI url : storage) {
              insert(connection, NewGateway.general("storage", url));
            }
            for (URI url : analytics) {
              insert(connection, NewGateway.general("analytics", url));
            }
          }
          return true;
        });
    readAgain();
  }

  /**
   * Keeps the general mail server what the settings say at every start: unlike the other gateways
   * it has no other home.
   */
  public void mailServer(@Nullable URI url) {
    database.transact(
        "set mail server",
        connection -> {
          int known = generalMailServer(connection);
          if (url != null && known == Gateway.NONE) {
            insert(connection, NewGateway.general("smtp", url));
          } else if (known != Gateway.NONE) {
            setMailServer(connection, known, url);
          }
          return true;
        });
    readAgain();
  }

  private void readAgain() {
    reading.lock();
    try {
      copy = null;
      refreshed();
    } finally {
      reading.unlock();
    }
  }

  private boolean isFresh(Copy now) {
    return Duration.between(now.readAt(), clock.instant()).compareTo(FRESH) < 0;
  }

  private AddressBook refreshed() {
    Copy now = copy;
    if (now != null && isFresh(now)) {
      return now.book();
    }
    Instant readAt = clock.instant();
    AddressBook book;
    try {
      book = new AddressBook(database.read("read gateways", Gateways::readAll));
    } catch (RuntimeException e) {
      if (now == null) {
        throw e;
      }
      // Routing by the last known book is safe: a queue's owner checks the route again.
      book = now.book();
    }
    copy = new Copy(book, readAt);
    return book;
  }

  private Gateway changed(String stage, Database.Work<Integer> work) {
    int id = database.transact(stage, work);
    readAgain();
    return find(id)
        .orElseThrow(() -> new WaybillException("WB-GATEWAY-01 There is no gateway " + id + "."));
  }

  private Gateway set(int id, String sql) {
    return changed(
        "set gateway state",
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setInt(1, id);
            update.executeUpdate();
          }
          return id;
        });
  }

  private static List<Gateway> readAll(Connection connection) throws SQLException {
    String sql =
        """
        SELECT id, kind, url, rmOrgID, authorization, active, paused, max_in_flight, rate_per_second
          FROM gateways ORDER BY id
        """;
    List<Gateway> gateways = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        gateways.add(
            new Gateway(
                row.getInt("id"),
                row.getString("kind"),
                URI.create(row.getString("url")),
                row.getObject("rmOrgID", Integer.class),
                row.getString("authorization"),
                row.getBoolean("active"),
                row.getBoolean("paused"),
                row.getInt("max_in_flight"),
                row.getObject("rate_per_second", Integer.class)));
      }
    }
    return gateways;
  }

  private int insert(Connection connection, NewGateway gateway) throws SQLException {
    String sql =
        """
        INSERT INTO gateways (kind, name, url, rmOrgID, authorization, max_in_flight,
          rate_per_second, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      bind(insert, gateway);
      insert.setObject(8, LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        return keys.getInt(1);
      }
    }
  }

  private static void bind(PreparedStatement statement, NewGateway gateway) throws SQLException {
    statement.setString(1, gateway.kind());
    statement.setString(2, gateway.name());
    statement.setString(3, gateway.url().toString());
    statement.setObject(4, gateway.rmOrgId());
    statement.setString(5, gateway.authorization());
    statement.setInt(6, gateway.maxInFlight());
    statement.setObject(7, gateway.ratePerSecond());
  }

  private boolean isFirstStart(Connection connection) throws SQLException {
    String sql = "INSERT IGNORE INTO first_start (what, at) VALUES ('gateways', ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setObject(1, LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
      return insert.executeUpdate() == 1;
    }
  }

  private static int generalMailServer(Connection connection) throws SQLException {
    String sql =
        """
        SELECT id FROM gateways WHERE kind = 'smtp' AND rmOrgID IS NULL ORDER BY id LIMIT 1
        FOR UPDATE
        """;
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      return row.next() ? row.getInt("id") : Gateway.NONE;
    }
  }

  private static void setMailServer(Connection connection, int id, @Nullable URI url)
      throws SQLException {
    String sql = "UPDATE gateways SET url = COALESCE(?, url), active = ? WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, url == null ? null : url.toString());
      update.setBoolean(2, url != null);
      update.setInt(3, id);
      update.executeUpdate();
    }
  }
}
