package org.waybill.amend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.StoredXml;
import org.waybill.task.NewTask;
import org.waybill.task.Priority;
import org.waybill.task.TaskDocuments.TaskDocument;

/** Compares value by value. The order of variables of different names means nothing. */
final class Differences {
  private final List<Difference> all = new ArrayList<>();

  List<Difference> all() {
    return List.copyOf(all);
  }

  void add(Cdr before, Cdr after) {
    add("TimeZoneOffset", before.timeZoneOffset(), after.timeZoneOffset());
    add("StartEpoch", before.startEpoch(), after.startEpoch());
    add("LegUUID", before.legUuid(), after.legUuid());
    add("rmUserID", before.rmUserId(), after.rmUserId());
    add("variables/", variables(before), variables(after));
  }

  /**
   * @param number from 0
   * @return whether there is one
   */
  boolean add(int number, TaskDocument before, NewTask after) {
    int already = all.size();
    String path = "tasks/" + number + "/";
    add(path + "priority", before.priority(), after.priority());
    add(path, fields(before.fragment()), fields(after.xml()));
    return all.size() > already;
  }

  /** A task that there was not before. */
  void add(int number, NewTask fresh) {
    add("tasks/" + number, null, fresh.type());
  }

  private void add(String field, @Nullable Object before, @Nullable Object after) {
    add(field, values(before), values(after));
  }

  private void add(String field, List<String> before, List<String> after) {
    if (!before.equals(after)) {
      all.add(new Difference(field, before, after));
    }
  }

  private void add(String path, Map<String, List<String>> before, Map<String, List<String>> after) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      add(path + name, before.getOrDefault(name, List.of()), after.getOrDefault(name, List.of()));
    }
  }

  private static List<String> values(@Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    return List.of(value instanceof Priority priority ? priority.word() : value.toString());
  }

  private static Map<String, List<String>> variables(Cdr cdr) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    cdr.variables().forEach(one -> put(byName, one.name(), one.value()));
    return byName;
  }

  private static Map<String, List<String>> fields(String taskXml) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    StoredXml.children(taskXml, (name, value) -> put(byName, name, value));
    return byName;
  }

  private static void put(Map<String, List<String>> byName, String name, String value) {
    byName.computeIfAbsent(name, same -> new ArrayList<>(1)).add(value);
  }
}
