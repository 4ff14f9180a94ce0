package org.waybill.operation;

/**
 * What came of one item.
 *
 * @param sentence for people; the failure's cause when it is not ok
 */
public record ItemOutcome(String item, boolean ok, String sentence) {
  public static ItemOutcome ok(String item, String sentence) {
    return new ItemOutcome(item, true, sentence);
  }

  public static ItemOutcome failed(String item, String sentence) {
    return new ItemOutcome(item, false, sentence);
  }
}
