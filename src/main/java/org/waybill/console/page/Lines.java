package org.waybill.console.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A document as it is shown: with numbered lines, and what is said about some of them.
 *
 * @param cut whether there is more than is shown
 */
record Lines(List<Line> lines, boolean cut) {

  /** One of them, from 1. */
  record Line(int number, String text, List<String> said) {}

  static Lines of(String text, int characters) {
    return of(text, characters, Map.of());
  }

  /**
   * @param said sentences by line
   */
  static Lines of(String text, int characters, Map<Integer, List<String>> said) {
    boolean cut = text.length() > characters;
    List<Line> lines = new ArrayList<>();
    int number = 1;
    for (String line : (cut ? text.substring(0, characters) : text).lines().toList()) {
      lines.add(new Line(number, line, said.getOrDefault(number, List.of())));
      number++;
    }
    return new Lines(lines, cut);
  }
}
