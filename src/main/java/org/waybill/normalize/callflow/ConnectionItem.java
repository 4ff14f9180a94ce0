package org.waybill.normalize.callflow;

import jakarta.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Violation;

/** An item of {@code /connections}: a leg of a call. */
public record ConnectionItem(
    long id, long callId, @Nullable Moment answered, @Nullable Moment finished) {

  /** Null when something is wrong with it. */
  public static @Nullable ConnectionItem read(JsonObject item, List<Violation> violations) {
    int before = violations.size();
    Members members = new Members(item, "a connection", violations);
    members.time("initiated_at");
    members.text("phone");
    ConnectionItem connection =
        new ConnectionItem(
            members.id("connection_id", "id"),
            members.id("call_id"),
            members.time("answered_at"),
            members.time("finished_at"));
    return violations.size() == before ? connection : null;
  }
}
