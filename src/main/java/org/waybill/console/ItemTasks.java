package org.waybill.console;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.waybill.operation.NumberedOutcome;
import org.waybill.operation.Operation;
import org.waybill.report.TaskStandings;

/** What has become of an operation's tasks since: whoever tried a few wants to see just that. */
@Dependent
class ItemTasks {
  private static final String OF_TASKS = "task.";

  private final TaskStandings standings;

  @Inject
  ItemTasks(TaskStandings standings) {
    this.standings = standings;
  }

  /** By the items; none for an operation of something else. */
  Map<String, JsonObject> of(Operation operation, List<NumberedOutcome> outcomes) {
    Map<String, JsonObject> tasks = new HashMap<>();
    if (operation.kind().startsWith(OF_TASKS)) {
      List<Long> ids =
          outcomes.stream().map(outcome -> Long.valueOf(outcome.outcome().item())).toList();
      standings.of(ids).forEach((id, standing) -> tasks.put(id.toString(), json(standing)));
    }
    return tasks;
  }

  private static JsonObject json(TaskStandings.Standing standing) {
    return new JsonMembers()
        .add("state", TaskJson.word(standing.state()))
        .add("lastError", standing.lastError())
        .add("errorGroup", standing.errorGroup())
        .build();
  }
}
