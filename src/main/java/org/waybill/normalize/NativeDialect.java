package org.waybill.normalize;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Variable;
import org.waybill.document.CdrContent;
import org.waybill.document.DispatchFields;
import org.waybill.document.FreeElement;
import org.waybill.document.TaskContent;
import org.waybill.task.Field;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;

/** Documents that are in the cdr-normalized schema already: only words become values. */
public final class NativeDialect {
  private NativeDialect() {}

  public static Normalized normalize(CdrContent content) {
    List<Field> steering = steering(content.variables());
    List<NewTask> tasks = content.tasks().stream().map(task -> task(task, steering)).toList();
    return new Normalized(cdr(content), tasks, content.xml(), ContentHash.of(content));
  }

  private static Cdr cdr(CdrContent content) {
    return new Cdr(
        UUID.fromString(content.uuid()),
        content.timeZoneOffset(),
        content.startEpoch(),
        TableSuffix.parse(content.tableSuffix()),
        content.legUuid(),
        content.rmOrgId(),
        content.rmUserId(),
        content.variables().stream().map(NativeDialect::variable).toList());
  }

  /** A name that XML forbids is written {@code <variable name="…">}. */
  private static Variable variable(FreeElement element) {
    String name = element.attributes().get("name");
    if (name == null || !element.name().equals("variable")) {
      name = element.name();
    }
    return new Variable(name, element.value());
  }

  private static NewTask task(TaskContent task, List<Field> steering) {
    List<Field> fields = new ArrayList<>();
    for (FreeElement element : task.fields()) {
      fields.add(new Field(element.name(), element.value()));
    }
    if (task.type().equals(DispatchFields.TASK_TYPE)) {
      addMissing(fields, steering);
    }
    return new NewTask(task.type(), priority(task.priority(), fields), fields, task.xml());
  }

  private static void addMissing(List<Field> fields, List<Field> steering) {
    Set<String> own = new HashSet<>();
    fields.forEach(field -> own.add(field.name()));
    for (Field field : steering) {
      if (!own.contains(field.name())) {
        fields.add(field);
      }
    }
  }

  private static Priority priority(@Nullable String attribute, List<Field> fields) {
    if (attribute != null) {
      return Priority.ofWord(attribute);
    }
    for (Field field : fields) {
      if (field.name().equals(DispatchFields.TASK_PRIORITY)) {
        return Priority.ofWord(field.value());
      }
    }
    return Priority.MEDIUM;
  }

  private static List<Field> steering(List<FreeElement> variables) {
    List<Field> steering = new ArrayList<>();
    for (FreeElement variable : variables) {
      if (DispatchFields.steers(variable.name())) {
        steering.add(new Field(variable.name(), variable.value()));
      }
    }
    return steering;
  }
}
