package org.waybill.document;

/** How sentences quote what a sender wrote: short, and on one line. */
public final class Quoted {
  private Quoted() {}

  public static String of(String text) {
    boolean cut = text.length() > XmlLimits.QUOTED;
    StringBuilder quoted = new StringBuilder("'");
    int end = cut ? XmlLimits.QUOTED : text.length();
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean halfOfPair = i == end - 1 && Character.isHighSurrogate(c);
      quoted.append(Character.isISOControl(c) || halfOfPair ? ' ' : c);
    }
    return quoted.append(cut ? "…'" : "'").toString();
  }
}
