package org.waybill.dispatch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import org.waybill.access.Audit;
import org.waybill.platform.Database;
import org.waybill.task.Gateway;
import org.waybill.task.Gateways;
import org.waybill.task.Tasks;
import org.waybill.task.WorkBell;

/**
 * Lets an operator ask for the next probe of an open circuit at once. Whichever node owns the queue
 * hears of it within a second, by the address book that all of them read.
 */
@ApplicationScoped
public class Probes {
  private final Database database;
  private final Gateways gateways;
  private final WorkBell bell;
  private final Clock clock;

  @Inject
  public Probes(Database database, Gateways gateways, WorkBell bell, Clock clock) {
    this.database = database;
    this.gateways = gateways;
    this.bell = bell;
    this.clock = clock;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Probes() {
    this(null, null, null, null);
  }

  /**
   * Asks. A probe is a delivery, so one that waits for its retry goes now, where none is due.
   *
   * @param line the audit line, where there is something to be asked for
   * @return false where the circuit is closed: the gateway is sent to as it is
   */
  public boolean ask(int gateway, Function<Gateway, Audit.Entry> line) {
    boolean asked =
        database.transact(
            "ask for a probe of gateway " + gateway, connection -> ask(connection, gateway, line));
    if (asked) {
      gateways.readAgain();
      bell.ring();
    }
    return asked;
  }

  private boolean ask(Connection connection, int gateway, Function<Gateway, Audit.Entry> line)
      throws SQLException {
    String state = CircuitStore.state(connection, gateway);
    if (state == null || state.equals("closed")) {
      return false;
    }
    Instant now = clock.instant();
    // Before the circuit, which whoever records verdicts locks last, too.
    Tasks.hurry(connection, gateway, now);
    Gateway asked = Gateways.askForProbe(connection, gateway);
    CircuitStore.probeNow(connection, gateway, now);
    Audit.record(connection, line.apply(asked));
    return true;
  }
}
