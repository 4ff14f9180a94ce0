package org.waybill.normalize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Variable;
import org.waybill.document.XmlLimits;

/** The variables of a CDR as a dialect gathers them. What XML cannot hold is mended, and told. */
public final class Variables {
  private final List<Variable> all = new ArrayList<>();
  private final Map<String, String> first = new HashMap<>();
  private final List<Repair> repairs;

  /**
   * @param repairs takes those that are made here
   */
  public Variables(List<Repair> repairs) {
    this.repairs = repairs;
  }

  public void add(String name, String value) {
    String shown = name(name);
    String text = XmlCharacters.allowedOf(value);
    if (!text.equals(value)) {
      repairs.add(new Repair("forbidden-character", shown, value, text));
    }
    all.add(new Variable(shown, text));
    first.putIfAbsent(shown, text);
  }

  /** Adds one that says something and that nobody has said yet. */
  public void addIfAbsent(String name, @Nullable String value) {
    if (value != null && !value.isBlank() && !first.containsKey(name)) {
      add(name, value);
    }
  }

  /** Its value; of a repeated one the first. */
  public @Nullable String first(String name) {
    return first.get(name);
  }

  /** In the order in which they were added. */
  public List<Variable> all() {
    return List.copyOf(all);
  }

  private String name(String name) {
    String allowed = XmlCharacters.allowedOf(name);
    if (!allowed.equals(name)) {
      repairs.add(new Repair("forbidden-character", "the name of a variable", name, allowed));
    }
    if (allowed.length() <= XmlLimits.NAME_LENGTH) {
      return allowed;
    }
    String cut = allowed.substring(0, allowed.offsetByCodePoints(0, XmlLimits.NAME_LENGTH));
    repairs.add(new Repair("long-name", "the name of a variable", allowed, cut));
    return cut;
  }
}
