package org.waybill.console.page;

import org.jspecify.annotations.Nullable;

/**
 * What can be done to many tasks of a list at once.
 *
 * @param state that all of them have; null for any
 */
record TaskActs(@Nullable String state) {
  static TaskActs of(Query query) {
    return new TaskActs(query.value("state"));
  }

  boolean any() {
    return rerun() || cancel();
  }

  boolean rerun() {
    return state == null || state.equals("failed") || state.equals("cancelled");
  }

  /** What failed is given up so. */
  boolean cancel() {
    return steer() || "failed".equals(state);
  }

  /** Another priority, or later. */
  boolean steer() {
    return state == null || state.equals("pending");
  }

  /** Such as {@code 12 failed}. */
  String words(Act counted, String otherwise) {
    return counted.done()
        ? BulkForm.counted(counted) + " " + (state == null ? otherwise : state)
        : counted.sentence();
  }
}
