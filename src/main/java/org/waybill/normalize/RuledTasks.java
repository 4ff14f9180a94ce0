package org.waybill.normalize;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.Variable;
import org.waybill.document.DispatchFields;
import org.waybill.task.Field;
import org.waybill.task.NewTask;
import org.waybill.task.NewTaskRule;
import org.waybill.task.Priority;
import org.waybill.task.TaskRule;

/**
 * The tasks of rules, beside those of a document: each is what it would be if the document had
 * declared it, and replaces none. The stored document and its hash stay what its sender said.
 */
public final class RuledTasks {
  private RuledTasks() {}

  /** The document's tasks, then those of the rules. */
  public static List<NewTask> all(Normalized normalized, List<TaskRule> rules) {
    if (rules.isEmpty()) {
      return normalized.tasks();
    }
    List<NewTask> all = new ArrayList<>(normalized.tasks());
    rules.forEach(one -> all.add(task(one.rule(), normalized.cdr())));
    return all;
  }

  private static NewTask task(NewTaskRule rule, Cdr cdr) {
    List<Field> fields = new ArrayList<>(rule.fields());
    if (rule.type().equals(DispatchFields.TASK_TYPE)) {
      addMissing(fields, cdr);
    }
    Priority priority = priority(rule.priority(), fields);
    String xml = NormalizedXml.task(rule.type(), priority, rule.fields());
    return new NewTask(rule.type(), priority, fields, xml);
  }

  /**
   * A variable that is not allowed is left out: documents without a CDRToSGAPI task of their own
   * are not checked for that, and must not be refused for a rule that their sender cannot know.
   */
  private static void addMissing(List<Field> fields, Cdr cdr) {
    Set<String> names = new HashSet<>();
    fields.forEach(field -> names.add(field.name()));
    for (Variable variable : cdr.variables()) {
      if (DispatchFields.allows(variable.name(), variable.value()) && names.add(variable.name())) {
        fields.add(new Field(variable.name(), variable.value()));
      }
    }
  }

  private static Priority priority(@Nullable Priority ofTheRule, List<Field> fields) {
    if (ofTheRule != null) {
      return ofTheRule;
    }
    for (Field field : fields) {
      if (field.name().equals(DispatchFields.TASK_PRIORITY)) {
        return Priority.ofWord(field.value());
      }
    }
    return Priority.MEDIUM;
  }
}
