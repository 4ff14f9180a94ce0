package org.waybill.call.feed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a feed, cut into its items.
 *
 * @param items the text of each, which need not be JSON
 * @param wrapped whether it is the shape that tells the next cursor
 * @param next that cursor; null at the end
 */
record Page(List<String> items, boolean wrapped, @Nullable Long next) {
  Page {
    items = List.copyOf(items);
  }
}
