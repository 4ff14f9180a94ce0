package org.waybill.report;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.waybill.ledger.Account;
import org.waybill.ledger.Entry;

/** By what tasks are counted. The day is that of their creation, UTC. */
public enum TaskGroup {
  STATE("state", "account"),
  TYPE("type", "task_type"),
  ORG("org", "rmOrgID"),
  SOURCE("source", "source"),
  DAY("day", "day");

  private static final Set<Account> STATES =
      Set.of(Account.PENDING, Account.DONE, Account.FAILED, Account.CANCELLED);

  private final String word;
  private final String column;

  TaskGroup(String word, String column) {
    this.word = word;
    this.column = column;
  }

  /** As {@code groupBy=} has it. */
  public String word() {
    return word;
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

  static boolean isState(Entry entry) {
    return STATES.contains(entry.account());
  }

  /** Of {@code ledger}. */
  String column() {
    return column;
  }

  /** All columns of {@code ledger} that may be grouped by, with any value but for this one. */
  String columns() {
    return List.of("day", "source", "rmOrgID", "task_type").stream()
        .map(name -> name.equals(column) ? name : "MIN(" + name + ") AS " + name)
        .collect(Collectors.joining(", "));
  }

  String of(Entry entry) {
    return switch (this) {
      case STATE -> entry.account().word();
      case TYPE -> entry.taskType();
      case ORG -> String.valueOf(entry.page().rmOrgId());
      case SOURCE -> entry.page().source();
      case DAY -> entry.page().day().toString();
    };
  }
}
