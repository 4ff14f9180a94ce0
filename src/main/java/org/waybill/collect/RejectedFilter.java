package org.waybill.collect;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.Columns;
import org.waybill.platform.Where;

/**
 * Which rejected documents are asked for; null means any. Received from (included) to (not).
 *
 * @param cause of {@link RejectedCause}
 */
public record RejectedFilter(
    @Nullable RejectionReason reason,
    @Nullable String source,
    @Nullable Integer rmOrgId,
    @Nullable RejectedState state,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String cause) {
  public static final RejectedFilter ANY =
      new RejectedFilter(null, null, null, null, null, null, null);

  /** The same as JSON, in the words of the query. */
  public String json() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    add(json, "reason", reason == null ? null : reason.name());
    add(json, "source", source);
    add(json, "orgId", rmOrgId == null ? null : rmOrgId.toString());
    add(json, "state", state == null ? null : state.word());
    add(json, "from", from == null ? null : from.toString());
    add(json, "to", to == null ? null : to.toString());
    add(json, "cause", cause);
    return json.build().toString();
  }

  /** Reads what {@link #json} wrote. */
  static RejectedFilter ofJson(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      JsonObject json = reader.readObject();
      String reason = json.getString("reason", null);
      String orgId = json.getString("orgId", null);
      String state = json.getString("state", null);
      String from = json.getString("from", null);
      String to = json.getString("to", null);
      return new RejectedFilter(
          reason == null ? null : RejectionReason.valueOf(reason),
          json.getString("source", null),
          orgId == null ? null : Integer.valueOf(orgId),
          state == null ? null : RejectedState.ofWord(state),
          from == null ? null : Instant.parse(from),
          to == null ? null : Instant.parse(to),
          json.getString("cause", null));
    }
  }

  Where where() {
    return new Where()
        .and("state = ?", state == null ? null : state.word())
        .and("cause = ?", cause)
        .and("reason = ?", reason == null ? null : reason.name())
        .and("source = ?", source)
        .and("rmOrgID = ?", rmOrgId)
        .and("received_at >= ?", from == null ? null : Columns.utc(from))
        .and("received_at < ?", to == null ? null : Columns.utc(to));
  }

  private static void add(JsonObjectBuilder json, String name, @Nullable String value) {
    if (value != null) {
      json.add(name, value);
    }
  }
}
