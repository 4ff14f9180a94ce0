package org.waybill.report;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** By what tasks are counted. The day is that of their creation, UTC. */
public enum TaskGroup {
  STATE("state", "account"),
  TYPE("type", "task_type"),
  ORG("org", "rmOrgID"),
  SOURCE("source", "source"),
  DAY("day", "day");

  private final String word;
  private final String column;

  TaskGroup(String word, String column) {
    this.word = word;
    this.column = column;
  }

  public static Set<String> words() {
    return Arrays.stream(values()).map(group -> group.word).collect(Collectors.toSet());
  }

  /**
   * @throws IllegalArgumentException when it is none
   */
  public static TaskGroup ofWord(String word) {
    return Arrays.stream(values())
        .filter(group -> group.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(word));
  }

  /** Of {@code ledger}. */
  String column() {
    return column;
  }
}
