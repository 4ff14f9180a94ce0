package org.waybill.console;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.collect.RuleCheck;
import org.waybill.task.Field;
import org.waybill.task.NewTaskRule;
import org.waybill.task.Priority;
import org.waybill.task.TaskRule;

/** A task rule as admins write it and readers see it. */
final class TaskRuleBody {
  private static final int NAME = 255;
  private static final int TYPE = 64;
  private static final int SOURCE = 32;
  private static final int VALUE = 1_000;

  /** Of all names and texts: with room for escapes, no more than a line of the audit log holds. */
  private static final int WHOLE = 10_000;

  private static final Set<String> PRIORITIES = Set.of("low", "medium", "high");

  private TaskRuleBody() {}

  /** Throws 422 with all that is wrong, if anything is. */
  static NewTaskRule read(JsonBody body, RuleCheck check) {
    Integer rmOrgId = body.number("rmOrgID", 1);
    Set<String> sources = body.texts("sources", SOURCE);
    Map<String, String> when = body.pairs("when", NAME, VALUE);
    if (when.containsValue("")) {
      body.wrong("when", "A value must have a character or more; * alone stands for any value.");
    }
    JsonBody task = body.inside("task");
    String type = task.text("type", TYPE);
    if (!type.isEmpty() && !NewTaskRule.isType(type)) {
      task.wrong("type", "It must be a letter followed by letters, digits, '_', '.' or '-'.");
    }
    Priority priority = priority(task);
    Map<String, String> texts = task.pairs("fields", NAME, WHOLE);
    check.broken(type, texts).forEach(sentence -> task.wrong("fields", sentence));
    if (length(when) + length(texts) > WHOLE) {
      task.wrong("fields", "A rule may have " + WHOLE + " characters in all.");
    }
    boolean active = body.flag("active", true);
    body.done();
    List<Field> fields = new ArrayList<>();
    texts.forEach((name, value) -> fields.add(new Field(name, value)));
    return new NewTaskRule(
        rmOrgId, sources == null ? Set.of() : sources, when, type, priority, fields, active);
  }

  private static @Nullable Priority priority(JsonBody task) {
    String word = task.optionalText("priority", TYPE);
    if (word == null || PRIORITIES.contains(word)) {
      return word == null ? null : Priority.ofWord(word);
    }
    task.wrong("priority", "It must be low, medium or high.");
    return null;
  }

  private static int length(Map<String, String> texts) {
    return texts.entrySet().stream()
        .mapToInt(text -> text.getKey().length() + text.getValue().length())
        .sum();
  }

  static JsonObject json(TaskRule known) {
    NewTaskRule rule = known.rule();
    Priority priority = rule.priority();
    JsonMembers when = new JsonMembers();
    rule.when().forEach(when::add);
    JsonMembers fields = new JsonMembers();
    rule.fields().forEach(field -> fields.add(field.name(), field.value()));
    JsonObject task =
        new JsonMembers()
            .add("type", rule.type())
            .add("priority", priority == null ? null : priority.word())
            .add("fields", fields.build())
            .build();
    return new JsonMembers()
        .add("id", known.id())
        .add("rmOrgID", rule.rmOrgId())
        .addWords("sources", rule.sources())
        .add("when", when.build())
        .add("task", task)
        .add("active", rule.active())
        .build();
  }
}
