package org.waybill.task;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.StoredXml;
import org.waybill.cdr.Variable;

/** Reads a stored task back into what it was when it was stored. */
public final class TaskXml {
  private TaskXml() {}

  /**
   * @param fragment its {@code xml_fragment}
   * @param cdr the CDR that declared it
   */
  public static NewTask read(String type, Priority priority, String fragment, Cdr cdr) {
    List<Field> own = new ArrayList<>();
    StoredXml.children(fragment, (name, value) -> own.add(new Field(name, value)));
    return new NewTask(type, priority, completed(own, cdr), fragment);
  }

  /** A task's own fields, then those of the CDRToSGAPI model that only the CDR's variables have. */
  static List<Field> completed(List<Field> own, Cdr cdr) {
    Set<String> names = new HashSet<>();
    own.forEach(field -> names.add(field.name()));
    List<Field> all = new ArrayList<>(own);
    for (Variable variable : cdr.variables()) {
      if (isOfTheModel(variable.name()) && names.add(variable.name())) {
        all.add(new Field(variable.name(), variable.value()));
      }
    }
    return all;
  }

  private static boolean isOfTheModel(String name) {
    return name.startsWith("rmDispStore")
        || name.startsWith("rmAnalytics")
        || name.equals("rmTaskPriority");
  }
}
