package org.waybill.task;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Audit;
import org.waybill.platform.Database;

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

  /**
   * Enters one into the book.
   *
   * @param line the audit line, about the gateway as the change leaves it
   */
  public Gateway add(NewGateway gateway, boolean active, Function<Gateway, Audit.Entry> line) {
    return changed(
        "add gateway", c -> GatewayRows.insert(c, gateway, active, clock.instant()), line);
  }

  /**
   * Replaces everything about a gateway but whether it is paused.
   *
   * @param active null leaves that as it is
   */
  public Gateway update(
      int id, NewGateway gateway, @Nullable Boolean active, Function<Gateway, Audit.Entry> line) {
    return changed("update gateway", c -> GatewayRows.update(c, id, gateway, active), line);
  }

  /** Its deliveries wait until it is resumed. */
  public Gateway pause(int id, Function<Gateway, Audit.Entry> line) {
    return changed("pause gateway", c -> GatewayRows.setPaused(c, id, true), line);
  }

  public Gateway resume(int id, Function<Gateway, Audit.Entry> line) {
    return changed("resume gateway", c -> GatewayRows.setPaused(c, id, false), line);
  }

  /** Its owner lets the next probe through; to be read again after the commit. */
  public static Gateway askForProbe(Connection connection, int id) throws SQLException {
    return GatewayRows.askForProbe(connection, id);
  }

  /** It gets no new deliveries; those sent to it before wait until it is active again. */
  public Gateway deactivate(int id, Function<Gateway, Audit.Entry> line) {
    return changed("deactivate gateway", c -> GatewayRows.setActive(c, id, false), line);
  }

  /**
   * Writes the gateways of the settings at the first start of an installation; from then on they
   * are the operators'.
   */
  public void seed(List<URI> storage, List<URI> analytics) {
    database.transact(
        "seed gateways",
        connection -> {
          Instant now = clock.instant();
          if (GatewayRows.isFirstStart(connection, "gateways", now)) {
            for (URI url : storage) {
              GatewayRows.insert(connection, NewGateway.general("storage", url), true, now);
            }
            for (URI url : analytics) {
              GatewayRows.insert(connection, NewGateway.general("analytics", url), true, now);
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
          int known = GatewayRows.generalMailServer(connection);
          if (known != Gateway.NONE) {
            GatewayRows.setMailServer(connection, known, url);
          } else if (url != null) {
            NewGateway server = NewGateway.general("smtp", url);
            GatewayRows.insert(connection, server, true, clock.instant());
          }
          return true;
        });
    readAgain();
  }

  /** After a change that was made in a transaction of another's. */
  public void readAgain() {
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
      book = new AddressBook(database.read("read gateways", GatewayRows::all));
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

  /** The change and its audit line are there together or not at all. */
  private Gateway changed(
      String stage, Database.Work<Gateway> change, Function<Gateway, Audit.Entry> line) {
    Gateway changed =
        database.transact(
            stage,
            connection -> {
              Gateway gateway = change.run(connection);
              Audit.record(connection, line.apply(gateway));
              return gateway;
            });
    readAgain();
    return changed;
  }
}
