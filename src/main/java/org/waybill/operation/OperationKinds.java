package org.waybill.operation;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The kinds that other rooms bring, by their names. */
final class OperationKinds {
  private final Iterable<OperationKind> beans;

  OperationKinds(Iterable<OperationKind> beans) {
    this.beans = beans;
  }

  /** Null for one of a version of Waybill that is not this one. */
  @Nullable OperationKind find(String name) {
    return byName().get(name);
  }

  OperationKind get(String name) {
    OperationKind kind = find(name);
    if (kind == null) {
      throw new IllegalArgumentException("There is no kind of operation called " + name + ".");
    }
    return kind;
  }

  private Map<String, OperationKind> byName() {
    Map<String, OperationKind> kinds = new TreeMap<>();
    for (OperationKind kind : beans) {
      if (kinds.put(kind.name(), kind) != null) {
        throw new IllegalStateException("Two kinds of operation are called " + kind.name() + ".");
      }
    }
    return kinds;
  }
}
