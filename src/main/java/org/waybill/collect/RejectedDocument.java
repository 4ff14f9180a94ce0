package org.waybill.collect;

import jakarta.json.JsonArray;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Violation;

/**
 * A rejected document, without its bytes.
 *
 * @param times how often the same bytes came
 * @param sender user or key that sent it
 * @param cause the same for those with the same fault
 * @param decision the operator's reason
 */
public record RejectedDocument(
    long id,
    Instant receivedAt,
    Instant lastReceivedAt,
    int times,
    String source,
    @Nullable String sender,
    RejectionReason reason,
    @Nullable Integer rmOrgId,
    @Nullable UUID uuid,
    RejectedState state,
    @Nullable String contentType,
    List<Violation> violations,
    String cause,
    @Nullable Instant decidedAt,
    @Nullable String decidedBy,
    @Nullable String decision) {

  /** For those who show it: an array of {@code {line,column,message}}. */
  public JsonArray violationsJson() {
    return Violations.json(violations);
  }
}
