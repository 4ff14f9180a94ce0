package org.waybill.report;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items fewer than asked for, none even, where looking for them was broken off
 * @param next the cursor with which to go on; null when there is nothing behind
 */
public record Found<T>(List<T> items, @Nullable String next) {
  public Found {
    items = List.copyOf(items);
  }

  /**
   * @param found one more than fits, where there is more
   * @param cursor of an item, where the page behind it begins
   */
  static <T> Found<T> of(List<T> found, int limit, Function<T, ?> cursor) {
    return found.size() <= limit
        ? new Found<>(found, null)
        : new Found<>(found.subList(0, limit), String.valueOf(cursor.apply(found.get(limit - 1))));
  }
}
