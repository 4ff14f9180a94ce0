package org.waybill.operation;

import org.jspecify.annotations.Nullable;

/**
 * What came of one item.
 *
 * @param unchanged whether it was in order and there was nothing to do
 * @param sentence for people; the failure's cause when it is not ok
 * @param detail a JSON object of the kind's own, shown beside the sentence
 */
public record ItemOutcome(
    String item, boolean ok, boolean unchanged, String sentence, @Nullable String detail) {
  public static ItemOutcome ok(String item, String sentence) {
    return new ItemOutcome(item, true, false, sentence, null);
  }

  public static ItemOutcome unchanged(String item, String sentence) {
    return new ItemOutcome(item, true, true, sentence, null);
  }

  public static ItemOutcome failed(String item, String sentence) {
    return new ItemOutcome(item, false, false, sentence, null);
  }

  /** The same with a JSON object of the kind's own. */
  public ItemOutcome detail(String json) {
    return new ItemOutcome(item, ok, unchanged, sentence, json);
  }
}
