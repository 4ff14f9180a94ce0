package org.waybill.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Cdr;

/**
 * That every CDR of an organization, or each with certain variables, gets a task, as if its
 * document had declared it.
 *
 * @param rmOrgId null for every organization
 * @param sources the kinds of senders whose CDRs it is for; empty for all
 * @param when variable to value, or to how it begins where a {@code *} ends it; all must match, and
 *     of a repeated variable one value; empty for every CDR
 * @param type as a document writes it
 * @param priority null for what the fields say, else medium
 * @param fields the task's elements
 */
public record NewTaskRule(
    @Nullable Integer rmOrgId,
    Set<String> sources,
    Map<String, String> when,
    String type,
    @Nullable Priority priority,
    List<Field> fields,
    boolean active) {
  /** As the schema's TaskType. */
  private static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

  public NewTaskRule {
    if (!isType(type)) {
      throw new IllegalArgumentException("'" + type + "' cannot be the type of a task.");
    }
    sources = Collections.unmodifiableSet(new LinkedHashSet<>(sources));
    when = Collections.unmodifiableMap(new LinkedHashMap<>(when));
    fields = List.copyOf(fields);
  }

  /** For CDRs of every source. */
  public NewTaskRule(
      @Nullable Integer rmOrgId,
      Map<String, String> when,
      String type,
      @Nullable Priority priority,
      List<Field> fields,
      boolean active) {
    this(rmOrgId, Set.of(), when, type, priority, fields, active);
  }

  /** The same for one consumer of reports. */
  NewTaskRule to(int consumer) {
    List<Field> all = new ArrayList<>(fields);
    all.add(new Field(FanOut.CONSUMER, Integer.toString(consumer)));
    return new NewTaskRule(rmOrgId, sources, when, type, priority, all, active);
  }

  /** Whether tasks may be of this type, be it one that somebody handles or not. */
  public static boolean isType(String type) {
    return TYPE.matcher(type).matches();
  }

  boolean matches(Cdr cdr, String source) {
    return (sources.isEmpty() || sources.contains(source)) && matches(cdr);
  }

  private boolean matches(Cdr cdr) {
    return when.entrySet().stream()
        .allMatch(
            condition ->
                cdr.variables().stream()
                    .anyMatch(
                        variable ->
                            variable.name().equals(condition.getKey())
                                && matches(condition.getValue(), variable.value())));
  }

  private static boolean matches(String pattern, String value) {
    return pattern.endsWith("*")
        ? value.startsWith(pattern.substring(0, pattern.length() - 1))
        : value.equals(pattern);
  }
}
