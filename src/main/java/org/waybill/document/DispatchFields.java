package org.waybill.document;

import java.util.Set;
import java.util.regex.Pattern;

/** The fields that steer the dispatch of a CDRToSGAPI task, and what they may hold. */
public final class DispatchFields {
  /** The task type that they belong to. */
  public static final String TASK_TYPE = "CDRToSGAPI";

  /** A task's priority, where it has no attribute; the only one for tasks of any type. */
  public static final String TASK_PRIORITY = "rmTaskPriority";

  /** Items of a kind that a task may have. */
  public static final int MAX_ITEMS = 100;

  private static final String PREFIX = "rm";

  /** Of items that there can be; what is beyond them is ignored. */
  private static final Pattern PRIORITY =
      Pattern.compile("rmTaskPriority|rm(?:DispStore|Analytics)Priority_(?:0|[1-9][0-9]?)");

  private static final Pattern ITEMS = Pattern.compile("rm(?:DispStore|Analytics)Items");
  private static final Pattern NUMBER = Pattern.compile("0{0,9}(?:[0-9]{1,2}|" + MAX_ITEMS + ")");
  private static final Set<String> PRIORITIES = Set.of("low", "medium", "high");

  private DispatchFields() {}

  /** Whether an element of this name says how a task is dispatched. */
  public static boolean steers(String name) {
    return name.startsWith(PREFIX) && (isPriority(name) || isItems(name));
  }

  /** Whether it says so with a value that a document may hold. */
  public static boolean allows(String name, String value) {
    return steers(name) && (isPriority(name) ? isPriorityWord(value) : isNumberOfItems(value));
  }

  static boolean isPriority(String name) {
    return PRIORITY.matcher(name).matches();
  }

  static boolean isItems(String name) {
    return ITEMS.matcher(name).matches();
  }

  static boolean isPriorityWord(String value) {
    return PRIORITIES.contains(value);
  }

  static boolean isNumberOfItems(String value) {
    return NUMBER.matcher(value).matches();
  }
}
