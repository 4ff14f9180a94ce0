package org.waybill.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.Location;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Outline.Child;
import org.waybill.document.Outline.Kind;

/** An element whose end has not come yet. */
final class OpenElement {
  private final Child declaration;
  private final @Nullable Kind kind;
  private final Location place;
  private final Map<String, Location> children = new LinkedHashMap<>();
  private final StringBuilder text = new StringBuilder();
  private boolean refused;

  /**
   * @param kind what it may hold; null for plain text
   */
  OpenElement(Child declaration, @Nullable Kind kind, Location place) {
    this.declaration = declaration;
    this.kind = kind;
    this.place = place;
  }

  String name() {
    return declaration.name();
  }

  String type() {
    return declaration.type();
  }

  @Nullable Kind kind() {
    return kind;
  }

  /** Where it begins. */
  Location place() {
    return place;
  }

  /** Whether the schema leaves free what it holds. */
  boolean isFree() {
    return kind != null && kind.open();
  }

  /** Remembers a child and returns where the first one of its name stands. */
  Location add(String child, Location at) {
    Location first = children.putIfAbsent(child, at);
    return first == null ? at : first;
  }

  List<String> missing() {
    return kind == null
        ? List.of()
        : kind.children().values().stream()
            .filter(child -> child.required() && !children.containsKey(child.name()))
            .map(Child::name)
            .toList();
  }

  void append(String more) {
    text.append(more);
  }

  String text() {
    return text.toString();
  }

  /** Its value is told to be wrong already: nothing more is to be said of it. */
  void refuse() {
    refused = true;
  }

  boolean isRefused() {
    return refused;
  }
}
