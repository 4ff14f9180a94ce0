package org.waybill.console;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.waybill.report.DeliveryTrace;
import org.waybill.report.DeliveryTrace.SendTrace;
import org.waybill.report.TaskLine;
import org.waybill.report.TaskTrace;
import org.waybill.report.TaskTraces;
import org.waybill.task.TaskState;

/** Tasks as readers see them. */
@Dependent
class TaskJson {
  private final TaskTraces traces;
  private final WaitReason waits;

  @Inject
  TaskJson(TaskTraces traces, WaitReason waits) {
    this.traces = traces;
    this.waits = waits;
  }

  static String word(TaskState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  static JsonObject line(TaskLine task) {
    return members(task).build();
  }

  /** With its deliveries and their attempts. */
  JsonObject whole(TaskLine task) {
    TaskTrace trace = traces.trace(task);
    return members(task)
        .add("waits", waits.of(trace))
        .add("error", error(trace.error()))
        .addAll("deliveries", trace.deliveries(), this::delivery)
        .build();
  }

  private static JsonMembers members(TaskLine task) {
    return new JsonMembers()
        .add("id", task.id())
        .add("type", task.type())
        .add("state", word(task.state()))
        .add("priority", task.priority().word())
        .add("createTime", task.createTime())
        .add("nextAttempt", task.nextAttempt())
        .add("retry", task.retry())
        .add("nodeIndex", task.nodeIndex())
        .add("rmOrgID", task.rmOrgId())
        .add("cdr", task.cdr().toString())
        .add("TableSuffix", task.tableSuffix().toString())
        .add("deliveriesWaiting", task.waiting())
        .add("deliveriesFailed", task.failed());
  }

  private static JsonValue error(TaskTrace.@Nullable Failures failures) {
    return failures == null
        ? JsonValue.NULL
        : new JsonMembers()
            .add("description", failures.description())
            .add("first_error_date", failures.first())
            .add("last_error_date", failures.last())
            .build();
  }

  private JsonObject delivery(DeliveryTrace delivery) {
    Integer gateway = delivery.gateway() == 0 ? null : (Integer) delivery.gateway();
    return new JsonMembers()
        .add("kind", delivery.key().kind().word())
        .add("item", delivery.key().item())
        .add("priority", delivery.priority().word())
        .add("state", delivery.state().name().toLowerCase(Locale.ROOT))
        .add("payloadVersion", delivery.payloadVersion())
        .add("idempotencyKey", delivery.key().idempotencyKey(delivery.payloadVersion()))
        .add("gateway", gateway)
        .add("dueAt", delivery.dueAt())
        .add("waits", waits.of(delivery))
        .addAll("attempts", delivery.attempts(), TaskJson::attempt)
        .build();
  }

  private static JsonObject attempt(SendTrace send) {
    return new JsonMembers()
        .add("attempt", send.number())
        .add("payloadVersion", send.payloadVersion())
        .add("gateway", send.gateway())
        .add("node", send.node())
        .add("startedAt", send.startedAt())
        .add("durationMillis", send.durationMillis())
        .add("outcome", send.outcome())
        .add("status", send.status())
        .add("error", send.error())
        .add("responseHead", send.responseHead())
        .build();
  }
}
