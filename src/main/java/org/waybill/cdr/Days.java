package org.waybill.cdr;

import java.util.Collection;
import java.util.List;

/**
 * The span of days in which rows lie. A query that names it reads only the partitions of those
 * days; BETWEEN, since a long list of days with a long list of ids makes too many ranges.
 */
public record Days(TableSuffix first, TableSuffix last) {
  /** The span of some days, one at least. */
  public static Days of(Collection<TableSuffix> days) {
    return new Days(
        days.stream().min(TableSuffix::compareTo).orElseThrow(),
        days.stream().max(TableSuffix::compareTo).orElseThrow());
  }

  /** The span that holds both. */
  Days and(Days other) {
    return Days.of(List.of(first, last, other.first, other.last));
  }
}
