package org.waybill.access;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Several words in one column, with commas between. */
final class Words {
  private Words() {}

  static Set<String> split(String text) {
    return text.isEmpty() ? Set.of() : new TreeSet<>(List.of(text.split(",", -1)));
  }

  static String join(Collection<?> words) {
    return String.join(",", new TreeSet<>(words.stream().map(String::valueOf).toList()));
  }
}
