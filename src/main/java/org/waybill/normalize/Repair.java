package org.waybill.normalize;

/**
 * Something that was mended in a raw document so that it could be read. The raw bytes are kept, so
 * each can be undone.
 *
 * @param kind one word for all of its kind, such as {@code unbound-prefix}
 * @param where line and column in the decoded document, or the name of a field
 * @param before at most 200 characters
 * @param after at most 200 characters
 */
public record Repair(String kind, String where, String before, String after) {
  private static final int LONGEST = 200;

  public Repair {
    before = cut(before);
    after = cut(after);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
