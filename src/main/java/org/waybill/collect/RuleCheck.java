package org.waybill.collect;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.waybill.document.DispatchFields;
import org.waybill.document.Facts;
import org.waybill.document.Facts.Fact;
import org.waybill.document.Facts.TaskFacts;
import org.waybill.document.Quoted;
import org.waybill.document.Rules;
import org.waybill.document.Violation;
import org.waybill.task.FanOut;

/** Holds the task of a rule to what a task in a document is held to, before it makes any. */
@Dependent
public class RuleCheck {
  /** Plain names, which need no escaping anywhere; the schema allows more. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,254}");

  /** XML 1.0, production 2: what no document can hold. */
  private static final Pattern FORBIDDEN =
      Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

  private final Rules rules;

  @Inject
  public RuleCheck(Clock clock) {
    this.rules = new Rules(clock);
  }

  /** All that is wrong with the fields, a sentence each. */
  public List<String> broken(String type, Map<String, String> fields) {
    List<String> broken = new ArrayList<>();
    List<Fact> steering = new ArrayList<>();
    fields.forEach(
        (name, value) -> {
          if (!NAME.matcher(name).matches()) {
            broken.add(
                Quoted.of(name)
                    + " must be a letter or '_', followed by letters, digits, '_', '.' or '-', to be"
                    + " the name of an element.");
          } else if (FORBIDDEN.matcher(value).find()) {
            broken.add(name + " holds a character that XML forbids.");
          } else if (DispatchFields.steers(name)) {
            steering.add(new Fact(name, value, 0, 0));
          }
        });
    String consumer = type.equals(FanOut.CDR_REPORT) ? fields.get(FanOut.CONSUMER) : null;
    if (consumer != null && !FanOut.isConsumer(consumer)) {
      broken.add("consumer must be the id of a gateway of kind report.");
    }
    TaskFacts task = new TaskFacts(new Fact("type", type, 0, 0), steering);
    rules.broken(new Facts(null, null, List.of(), List.of(task))).stream()
        .map(Violation::message)
        .forEach(broken::add);
    return broken;
  }
}
