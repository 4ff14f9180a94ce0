package org.waybill.console.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Problem;
import org.waybill.report.Found;

/**
 * A page of a list with its address.
 *
 * @param next the cursor of the page behind it; null where this is the last
 * @param wrong what was wrong with the address; then there are no items
 */
record Listing<T>(
    Query query, List<T> items, @Nullable String next, List<Problem.Violation> wrong) {

  /**
   * @param found one more than fits, where there is more
   */
  static <T> Listing<T> of(Query query, List<T> found, int limit, Function<T, ?> cursor) {
    boolean more = found.size() > limit;
    List<T> items = more ? found.subList(0, limit) : found;
    String next = more ? String.valueOf(cursor.apply(items.get(limit - 1))) : null;
    return new Listing<>(query, items, next, List.of());
  }

  /** One that knows where it goes on. */
  static <T> Listing<T> of(Query query, Found<T> found) {
    return new Listing<>(query, found.items(), found.next(), List.of());
  }

  /** Looking was broken off before one was found. */
  boolean isBrokenOff() {
    return items.isEmpty() && next != null;
  }

  static <T> Listing<T> wrong(Query query, List<Problem.Violation> wrong) {
    return new Listing<>(query, List.of(), null, wrong);
  }

  int status() {
    return wrong.isEmpty() ? 200 : 400;
  }

  @Nullable String wrong(String field) {
    return wrong.stream()
        .filter(one -> one.field().equals(field))
        .map(Problem.Violation::message)
        .findFirst()
        .orElse(null);
  }

  /** Such as {@code 100 shown, there are more}. */
  String extent(String one, String many) {
    if (items.isEmpty()) {
      return "No " + many + (next == null ? "" : " so far");
    }
    String shown = Show.number(items.size()) + " " + (items.size() == 1 ? one : many);
    return next == null && !query.goesOn() ? shown : shown + " on this page";
  }
}
