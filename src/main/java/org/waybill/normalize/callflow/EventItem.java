package org.waybill.normalize.callflow;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Violation;

/**
 * An item of {@code /call_events}.
 *
 * @param operatorId whom the call was given to, where it is about that
 * @param operatorName as the event names that one
 * @param result of the call, where it is about its end
 */
public record EventItem(
    long id,
    long callId,
    String type,
    @Nullable Long operatorId,
    @Nullable String operatorName,
    @Nullable String result) {
  private static final String ASSIGNED = "operator_assigned";
  private static final String FINISHED = "call_finished";
  private static final Set<String> ENDS = Set.of(FINISHED, "hangup");

  /** Null when something is wrong with it. */
  public static @Nullable EventItem read(JsonObject item, List<Violation> violations) {
    int before = violations.size();
    Members members = new Members(item, "a call event", violations);
    String type = members.requiredText("event_type");
    Members payload =
        new Members(members.object("payload"), "the payload of a call event", violations);
    boolean assigned = type.equals(ASSIGNED);
    EventItem event =
        new EventItem(
            members.id("event_id", "id"),
            members.id("call_id"),
            type,
            assigned ? payload.idOrNull("operator_id") : null,
            assigned ? payload.text("name") : null,
            type.equals(FINISHED) ? payload.text("status") : null);
    return violations.size() == before ? event : null;
  }

  /** Whether it says that the call is over. */
  boolean isEnd() {
    return ENDS.contains(type);
  }
}
