package org.waybill.console;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.waybill.task.Priority;
import org.waybill.task.TaskFilter;
import org.waybill.task.TaskState;

/** Reads which tasks are asked for, in a query or in the filter of a body. */
public final class TaskQuery {
  private static final Set<String> PRIORITIES =
      Arrays.stream(Priority.values()).map(Priority::word).collect(Collectors.toSet());

  private TaskQuery() {}

  /** Any; a page of them takes the same parameters. */
  public static TaskFilter any(Parameters parameters) {
    return in(parameters, TaskState.values());
  }

  /** Only those that something may be done to. */
  static TaskFilter in(Parameters parameters, TaskState... states) {
    Set<String> words = Arrays.stream(states).map(TaskJson::word).collect(Collectors.toSet());
    return new TaskFilter(
        parameters.word("state", words, word -> state(word, words)),
        parameters.text("type"),
        parameters.number("orgId", 1),
        parameters.word("priority", PRIORITIES, Priority::ofWord),
        parameters.uuid("cdr"),
        parameters.text("errorGroup"),
        new TreeSet<>());
  }

  private static TaskState state(String word, Set<String> words) {
    if (!words.contains(word)) {
      throw new IllegalArgumentException(word);
    }
    return TaskState.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
