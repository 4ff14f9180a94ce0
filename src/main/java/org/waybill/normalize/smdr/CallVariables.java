package org.waybill.normalize.smdr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Variable;

/** The variables of a call: what all CDRs call alike, then the layout's other fields. */
final class CallVariables {
  /** Avaya's words for which the CDR has its own. */
  private static final Map<String, String> NAMES =
      Map.of(
          "calling-num", "caller_id_number",
          "dialed-num", "destination_number",
          "cond-code", "condition_code");

  private final List<Variable> all = new ArrayList<>();

  private CallVariables() {}

  /**
   * @param items by Avaya's names, without blanks around them
   */
  static List<Variable> of(Map<String, String> items, @Nullable Integer seconds) {
    CallVariables variables = new CallVariables();
    items.forEach((item, value) -> variables.add(name(item), value));
    String code = items.getOrDefault("cond-code", "");
    ConditionCode condition = ConditionCode.of(code);
    if (!items.containsKey("call-code")) {
      variables.add("call_code", code);
    }
    variables.add("call_direction", condition.direction());
    variables.add("hangup_cause", condition.cause());
    if (seconds != null) {
      variables.add("duration", seconds.toString());
      variables.add("billsec", condition.answered() ? seconds.toString() : "0");
    }
    return variables.all;
  }

  private static String name(String item) {
    String name = NAMES.get(item);
    return name == null ? item.replace('-', '_').replace('/', '_') : name;
  }

  private void add(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      all.add(new Variable(name, value));
    }
  }
}
