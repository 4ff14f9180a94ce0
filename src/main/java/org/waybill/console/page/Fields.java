package org.waybill.console.page;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a form, and what was wrong with it.
 *
 * @param act what came of sending it; null before
 */
record Fields(Map<String, List<String>> values, @Nullable Act act) {
  static Fields none() {
    return new Fields(Map.of(), null);
  }

  static Fields of(Map<String, String> values) {
    Map<String, List<String>> lists = new TreeMap<>();
    values.forEach((name, value) -> lists.put(name, List.of(value)));
    return new Fields(lists, null);
  }

  static Fields of(MultivaluedMap<String, String> values, Act act) {
    return new Fields(new TreeMap<>(values), act);
  }

  String value(String name) {
    return values.getOrDefault(name, List.of("")).get(0);
  }

  /** A checkbox; of a form that nobody has filled in yet, as told. */
  boolean isChecked(String name, boolean atFirst) {
    return values.isEmpty() ? atFirst : !value(name).isEmpty();
  }

  boolean has(String name, String value) {
    return values.getOrDefault(name, List.of()).contains(value);
  }

  @Nullable String wrong(String name) {
    return act == null ? null : act.wrong(name);
  }

  /** Why it was not done, in one sentence or several; null when it was, or was not tried. */
  @Nullable String problem() {
    return act == null || act.done() ? null : act.sentence();
  }
}
