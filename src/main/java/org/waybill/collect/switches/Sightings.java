package org.waybill.collect.switches;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Cdr;
import org.waybill.normalize.Switch;

/**
 * Signs of life, counted in memory until {@link SwitchWatch} writes them: a sender waits for
 * nothing here.
 */
@ApplicationScoped
public class Sightings {
  /** More than there are switches: beyond it somebody invents names. */
  static final int MOST = 10_000;

  /** A document of an older call says nothing about now. */
  private static final Duration FRESH = Duration.ofDays(1);

  private static final int LONGEST = 255;

  private final ConcurrentMap<Sighting.Key, Sighting> counted = new ConcurrentHashMap<>();

  /**
   * A document that could become a CDR has come from its switch, whatever is answered.
   *
   * @param named as the document names it; the sender stands in where it does not
   * @param sender name of the user or key
   */
  public void live(@Nullable Switch named, String sender, Cdr cdr, Instant at) {
    if (isFresh(cdr, at)) {
      String name = named == null ? sender : named.name();
      Sighting.Key key = new Sighting.Key(cut(name), cdr.rmOrgId(), WeekHour.of(at));
      String instance = named == null ? null : named.instance();
      add(key, new Sighting(1, at, at, instance == null ? null : cut(instance)));
    }
  }

  /**
   * One has come late: in bulk, or out of a file in which it was parked. It says that the switch
   * lived when the call began, and nothing of what it usually sends.
   */
  public void late(Switch named, Cdr cdr, Instant at) {
    if (isFresh(cdr, at)) {
      Instant start = Instant.ofEpochSecond(cdr.startEpoch());
      Instant then = start.isBefore(at) ? start : at;
      Sighting.Key key = new Sighting.Key(cut(named.name()), cdr.rmOrgId(), WeekHour.of(then));
      add(key, new Sighting(0, then, then, null));
    }
  }

  private static boolean isFresh(Cdr cdr, Instant at) {
    return cdr.startEpoch() >= at.minus(FRESH).getEpochSecond();
  }

  /**
   * A record has come from a switch that is connected now, however old its call is.
   *
   * @param sender name of the connection
   */
  public void noteConnected(String sender, int rmOrgId, Instant at) {
    add(new Sighting.Key(cut(sender), rmOrgId, WeekHour.of(at)), new Sighting(1, at, at, null));
  }

  /** Takes what was counted, to write it. */
  Map<Sighting.Key, Sighting> take() {
    Map<Sighting.Key, Sighting> taken = new HashMap<>();
    for (Sighting.Key key : counted.keySet()) {
      Sighting sighting = counted.remove(key);
      if (sighting != null) {
        taken.put(key, sighting);
      }
    }
    return taken;
  }

  /** Gives back what could not be written. */
  void giveBack(Map<Sighting.Key, Sighting> taken) {
    taken.forEach(this::add);
  }

  private void add(Sighting.Key key, Sighting sighting) {
    if (counted.size() < MOST || counted.containsKey(key)) {
      counted.merge(key, sighting, Sighting::plus);
    }
  }

  private static String cut(String text) {
    String stripped = text.strip();
    return stripped.codePointCount(0, stripped.length()) <= LONGEST
        ? stripped
        : stripped.substring(0, stripped.offsetByCodePoints(0, LONGEST));
  }
}
