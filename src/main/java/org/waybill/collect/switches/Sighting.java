package org.waybill.collect.switches;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Documents of one switch that arrived within one hour.
 *
 * @param instance that the newest of them names
 */
record Sighting(long documents, Instant first, Instant last, @Nullable String instance) {

  /** Whose they are and in which hour they came. */
  record Key(String name, int rmOrgId, WeekHour hour) {}

  Sighting plus(Sighting other) {
    Sighting newer = other.last.isBefore(last) ? this : other;
    return new Sighting(
        documents + other.documents,
        first.isBefore(other.first) ? first : other.first,
        newer.last,
        newer.instance == null ? instance : newer.instance);
  }
}
