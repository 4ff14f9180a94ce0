package org.waybill.collect.switches;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Audit;
import org.waybill.platform.Database;

/** The switches that have ever sent, for those who look after them. */
@ApplicationScoped
public class Switches {
  private final Database database;
  private final Clock clock;

  @Inject
  public Switches(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected Switches() {
    this(null, null);
  }

  /**
   * A switch and what is usual of it.
   *
   * @param usualPerHour documents in this hour of the week; null while that is not known
   */
  public record Line(WatchedSwitch watched, @Nullable Double usualPerHour) {}

  /**
   * Those seen first come first.
   *
   * @param after only those with a greater id: the last one of the page before
   */
  public List<Line> list(@Nullable Integer rmOrgId, @Nullable Long after, int limit) {
    Instant now = clock.instant();
    return database.read(
        "list switches",
        connection -> {
          List<WatchedSwitch> page = SwitchRows.page(connection, rmOrgId, after, limit);
          Map<Long, UsualHours> usual = SwitchRows.hour(connection, page, WeekHour.of(now).hour());
          List<Line> lines = new ArrayList<>();
          for (WatchedSwitch one : page) {
            UsualHours hours = usual.getOrDefault(one.id(), new UsualHours());
            lines.add(new Line(one, one.isNew(now) ? null : hours.perHour(now)));
          }
          return lines;
        });
  }

  /**
   * Forgets one that was taken out of service; if it sends again, it is a new one.
   *
   * @return whether there was one
   */
  public boolean dismiss(long id, String who) {
    return database.transact(
        "dismiss a switch",
        connection -> {
          WatchedSwitch known = SwitchRows.lock(connection, id).orElse(null);
          if (known == null) {
            return false;
          }
          SwitchRows.delete(connection, known);
          String what = "'" + known.name() + "' of organization " + known.rmOrgId();
          Audit.record(
              connection, new Audit.Entry(who, "switch.dismiss", "switch " + id, null, what));
          return true;
        });
  }
}
