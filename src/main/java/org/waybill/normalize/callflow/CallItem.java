package org.waybill.normalize.callflow;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Violation;

/**
 * An item of {@code /calls}, in either of the shapes that are in use.
 *
 * @param end null while it lasts, or where the platform never says it
 * @param tellsEnd whether it has a place for its end, so that an absent one means that it lasts
 * @param operatorId the platform's {@code user_id}
 * @param context what the platform's scenario noted, where it is a text or a number
 */
public record CallItem(
    long id,
    Moment start,
    @Nullable Moment end,
    boolean tellsEnd,
    @Nullable String type,
    @Nullable String caller,
    @Nullable String callee,
    @Nullable String scenario,
    @Nullable String mediaRecord,
    @Nullable String status,
    @Nullable Long operatorId,
    Map<String, String> context) {

  /** Of the service's own shape; others may be states in which a call still is. */
  private static final Set<String> LAST_STATES =
      Set.of(
          "COMPLETED",
          "FINISHED",
          "ENDED",
          "NO_ANSWER",
          "BUSY",
          "FAILED",
          "CANCELLED",
          "CANCELED",
          "MISSED",
          "REJECTED",
          "ABANDONED");

  /** Null when something is wrong with it. */
  public static @Nullable CallItem read(JsonObject item, List<Violation> violations) {
    int before = violations.size();
    Members members = new Members(item, "a call", violations);
    Moment start = members.requiredTime("initiated_at", "started_at");
    CallItem call =
        new CallItem(
            members.id("call_id", "id"),
            start == null ? Moment.EPOCH : start,
            members.time("finished_at"),
            members.has("finished_at"),
            members.text("call_type"),
            members.text("initiator_phone", "caller_number"),
            members.text("callee_number"),
            members.text("scenario_id"),
            members.text("media_record_id"),
            members.text("status"),
            members.idOrNull("user_id"),
            context(members.object("context")));
    return violations.size() == before ? call : null;
  }

  /** Whether it says of itself that it is over. */
  public boolean isOver() {
    String state = status == null ? "" : status.strip().toUpperCase(Locale.ROOT);
    return end != null || LAST_STATES.contains(state.replace(' ', '_').replace('-', '_'));
  }

  private static Map<String, String> context(JsonObject context) {
    Map<String, String> said = new LinkedHashMap<>();
    for (Map.Entry<String, JsonValue> member : context.entrySet()) {
      if (member.getValue() instanceof JsonString text) {
        said.put(member.getKey(), text.getString());
      } else if (member.getValue() instanceof JsonNumber) {
        said.put(member.getKey(), member.getValue().toString());
      }
    }
    return said;
  }
}
