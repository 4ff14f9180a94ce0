package org.waybill.amend;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.operation.ItemOutcome;
import org.waybill.task.AmendedTask;

/** What operators are told of a CDR. */
final class Told {
  /** Differences that are shown of one CDR. */
  private static final int SHOWN = 50;

  private Told() {}

  /**
   * @param remaking null when the CDR was not there any more
   */
  static ItemOutcome of(String item, @Nullable Remaking remaking) {
    if (remaking instanceof Remaking.Changed changed) {
      return changed(item, changed);
    }
    if (remaking instanceof Remaking.Impossible impossible) {
      return ItemOutcome.failed(item, impossible.why());
    }
    return remaking == null
        ? ItemOutcome.failed(item, "It is gone.")
        : ItemOutcome.unchanged(item, "It stays as it is.");
  }

  private static ItemOutcome changed(String item, Remaking.Changed changed) {
    int values = changed.differences().size();
    long tasks = changed.resent();
    String sentence =
        "%d %s; %d %s something else."
            .formatted(
                values,
                values == 1 ? "value differs" : "values differ",
                tasks,
                tasks == 1 ? "task sends" : "tasks send");
    return ItemOutcome.ok(item, sentence).detail(detail(changed));
  }

  private static String detail(Remaking.Changed changed) {
    List<Difference> differences = changed.differences();
    JsonArrayBuilder shown = Json.createArrayBuilder();
    differences.stream().limit(SHOWN).map(Difference::json).forEach(shown::add);
    JsonArrayBuilder tasks = Json.createArrayBuilder();
    changed.tasks().stream().filter(AmendedTask::resend).map(AmendedTask::id).forEach(tasks::add);
    JsonObjectBuilder detail =
        Json.createObjectBuilder()
            .add("uuid", changed.before().cdr().uuid().toString())
            .add("differences", shown)
            .add("moreDifferences", Math.max(0, differences.size() - SHOWN))
            .add("tasks", tasks);
    return detail.build().toString();
  }
}
