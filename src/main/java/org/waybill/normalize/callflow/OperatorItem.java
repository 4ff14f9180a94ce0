package org.waybill.normalize.callflow;

import jakarta.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Violation;

/** An item of {@code /operators}. */
public record OperatorItem(long id, @Nullable String name) {

  /** Null when something is wrong with it. */
  public static @Nullable OperatorItem read(JsonObject item, List<Violation> violations) {
    int before = violations.size();
    Members members = new Members(item, "an operator", violations);
    OperatorItem operator = new OperatorItem(members.id("operator_id", "id"), members.text("name"));
    return violations.size() == before ? operator : null;
  }
}
