package org.waybill.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One task of a valid document.
 *
 * @param priority the attribute, where there is one: low, medium or high
 * @param fields its child elements in order
 * @param xml the task element, well-formed by itself
 */
public record TaskContent(
    String type, @Nullable String priority, List<FreeElement> fields, String xml) {
  public TaskContent {
    fields = List.copyOf(fields);
  }
}
