package org.waybill.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a valid document, as it has them.
 *
 * @param uuid as written, which may be in capitals
 * @param tableSuffix eight digits that name a real day
 * @param variables in the document's order
 * @param tasks in the document's order
 * @param xml the document in UTF-8: its characters are kept, only its XML declaration is ours
 */
public record CdrContent(
    String uuid,
    @Nullable Integer timeZoneOffset,
    long startEpoch,
    String tableSuffix,
    @Nullable String legUuid,
    int rmOrgId,
    @Nullable String rmUserId,
    List<FreeElement> variables,
    List<TaskContent> tasks,
    String xml) {
  public CdrContent {
    variables = List.copyOf(variables);
    tasks = List.copyOf(tasks);
  }
}
