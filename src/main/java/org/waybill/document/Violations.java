package org.waybill.document;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Violations as they are found, in any order and more than once. */
final class Violations {
  /** Keeping all of a document with nothing but violations would cost many times its size. */
  private static final int KEPT = 10 * XmlLimits.VIOLATIONS;

  private final SortedSet<Violation> found = new TreeSet<>();

  void add(Violation violation) {
    if (found.size() < KEPT) {
      found.add(violation);
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** All of them in the order of their places; of very many the first ones. */
  List<Violation> told() {
    List<Violation> all = List.copyOf(found);
    if (all.size() <= XmlLimits.VIOLATIONS) {
      return all;
    }
    List<Violation> told = new ArrayList<>(all.subList(0, XmlLimits.VIOLATIONS));
    Violation next = all.get(XmlLimits.VIOLATIONS);
    int more = all.size() - XmlLimits.VIOLATIONS;
    told.add(
        new Violation(
            next.line(), next.column(), "There are at least " + more + " more violations."));
    return told;
  }
}
