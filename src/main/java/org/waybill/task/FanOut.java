package org.waybill.task;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries a task needs. A type that nobody handles needs none: its task waits, visibly.
 */
public final class FanOut {
  /** At the most of one kind: what a task's document may ask for. */
  public static final int MAX_ITEMS = 100;

  public static final String CDR_TO_SGAPI = "CDRToSGAPI";
  public static final String SEND_EMAIL = "SendEmail";
  public static final String CDR_REPORT = "CDRReport";

  /** Names the consumer of a CDRReport task: the id of its gateway. */
  public static final String CONSUMER = "consumer";

  /** The item of a report that is for whichever consumer its organization has. */
  static final int ANY_CONSUMER = 0;

  /** The item of a report whose consumer cannot be: no gateway's id, so that it waits, visibly. */
  private static final int NO_CONSUMER = Short.MAX_VALUE;

  private FanOut() {}

  /**
   * @throws IllegalArgumentException when a number of items or a priority is not allowed; documents
   *     are checked for that before
   */
  public static List<PlannedDelivery> deliveries(NewTask task) {
    return switch (task.type()) {
      case CDR_TO_SGAPI -> storageAndAnalytics(task);
      case SEND_EMAIL -> List.of(new PlannedDelivery(DeliveryKind.EMAIL, 0, task.priority()));
      case CDR_REPORT ->
          List.of(
              new PlannedDelivery(DeliveryKind.REPORT, consumer(task.fields()), task.priority()));
      default -> List.of();
    };
  }

  private static List<PlannedDelivery> storageAndAnalytics(NewTask task) {
    List<PlannedDelivery> deliveries = new ArrayList<>();
    items(task, DeliveryKind.STORAGE, "rmDispStore", deliveries);
    items(task, DeliveryKind.ANALYTICS, "rmAnalytics", deliveries);
    if (deliveries.isEmpty()) {
      deliveries.add(new PlannedDelivery(DeliveryKind.STORAGE, 0, task.priority()));
    }
    return deliveries;
  }

  private static void items(
      NewTask task, DeliveryKind kind, String prefix, List<PlannedDelivery> deliveries) {
    int items = count(task, prefix + "Items");
    for (int item = 0; item < items; item++) {
      String word = text(task, prefix + "Priority_" + item);
      Priority priority = word == null ? task.priority() : Priority.ofWord(word);
      deliveries.add(new PlannedDelivery(kind, item, priority));
    }
  }

  private static int count(NewTask task, String name) {
    String text = text(task, name);
    int items = text == null ? 0 : Integer.parseInt(text);
    if (items < 0 || items > MAX_ITEMS) {
      throw new IllegalArgumentException(
          name + " must be a number from 0 to " + MAX_ITEMS + ", but is " + items + ".");
    }
    return items;
  }

  /** Whether that can be the text of a task's {@link #CONSUMER}. */
  public static boolean isConsumer(String text) {
    return text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) < NO_CONSUMER;
  }

  /** The gateway that a report is for, which is the item of its delivery. */
  static int consumer(List<Field> fields) {
    String text = text(fields, CONSUMER);
    if (text == null) {
      return ANY_CONSUMER;
    }
    return isConsumer(text) ? Integer.parseInt(text) : NO_CONSUMER;
  }

  private static @Nullable String text(NewTask task, String name) {
    return text(task.fields(), name);
  }

  private static @Nullable String text(List<Field> fields, String name) {
    for (Field field : fields) {
      if (field.name().equals(name)) {
        return field.value().isBlank() ? null : field.value().strip();
      }
    }
    return null;
  }
}
