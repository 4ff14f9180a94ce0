package org.waybill.task;

import java.util.List;

/**
 * Work that a CDR declares, before it is stored.
 *
 * @param type such as {@code CDRToSGAPI}; a type nobody handles is stored and waits
 * @param priority the attribute, else {@code rmTaskPriority}, else medium
 * @param fields its child elements in order, with those of the CDR's variables where the task has
 *     none
 * @param xml the task's own element, well-formed
 */
public record NewTask(String type, Priority priority, List<Field> fields, String xml) {
  public NewTask {
    fields = List.copyOf(fields);
  }
}
