package org.waybill.amend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.RawCdr;
import org.waybill.cdr.StoredCdr;
import org.waybill.gateway.Consignment;
import org.waybill.gateway.Courier;
import org.waybill.task.AmendedTask;
import org.waybill.task.DeliveryKey;
import org.waybill.task.FanOut;
import org.waybill.task.NewTask;
import org.waybill.task.PlannedDelivery;
import org.waybill.task.TaskDocuments.TaskDocument;
import org.waybill.task.TaskXml;

/**
 * Finds which tasks of a remade CDR say or send something else. One that is made as it is stored is
 * the same one, so that a rule that was removed costs its neighbours nothing; of the others, those
 * of a type are the same ones in their order. One that is not made any more stays as it is, but
 * sends the remade CDR.
 */
final class TaskRemaker {
  private final Courier courier;
  private final RawCdr stored;
  private final Versions versions;
  private final List<AmendedTask> amended = new ArrayList<>();
  private final List<NewTask> added = new ArrayList<>();

  TaskRemaker(Courier courier, RawCdr stored, Versions versions) {
    this.courier = courier;
    this.stored = stored;
    this.versions = versions;
  }

  /** What the CDR says, and what it said. */
  record Versions(Cdr before, Cdr after) {}

  List<AmendedTask> amended() {
    return List.copyOf(amended);
  }

  /** Tasks that there were not before. */
  List<NewTask> added() {
    return List.copyOf(added);
  }

  /**
   * @param stored by their ids
   * @param made what the mapping and the rules make
   * @param differences takes what the tasks say otherwise
   */
  void remake(SortedMap<Long, TaskDocument> stored, List<NewTask> made, Differences differences) {
    SortedMap<Long, TaskDocument> left = new TreeMap<>(stored);
    @Nullable Long[] ids = new Long[made.size()];
    pair(made, ids, left, TaskRemaker::isSame);
    pair(made, ids, left, (task, before) -> before.type().equals(task.type()));
    for (int number = 0; number < ids.length; number++) {
      NewTask task = made.get(number);
      Long id = ids[number];
      if (id == null) {
        differences.add(number, task);
        added.add(task);
      } else {
        TaskDocument before = Objects.requireNonNull(stored.get(id));
        boolean says = differences.add(number, before, task);
        add(id, before, read(task), says);
      }
    }
    left.forEach((id, before) -> add(id, before, read(before, versions.after()), false));
  }

  /** Gives each made one that has none yet the first stored one that is alike and left. */
  private static void pair(
      List<NewTask> made,
      @Nullable Long[] ids,
      SortedMap<Long, TaskDocument> left,
      BiPredicate<NewTask, TaskDocument> alike) {
    for (int number = 0; number < ids.length; number++) {
      NewTask task = made.get(number);
      if (ids[number] == null) {
        Long id = firstOf(left, before -> alike.test(task, before));
        if (id != null) {
          ids[number] = id;
          left.remove(id);
        }
      }
    }
  }

  private static boolean isSame(NewTask made, TaskDocument before) {
    return before.type().equals(made.type())
        && before.priority() == made.priority()
        && before.fragment().equals(made.xml());
  }

  private static @Nullable Long firstOf(
      SortedMap<Long, TaskDocument> tasks, Predicate<TaskDocument> wanted) {
    for (Map.Entry<Long, TaskDocument> task : tasks.entrySet()) {
      if (wanted.test(task.getValue())) {
        return task.getKey();
      }
    }
    return null;
  }

  private NewTask read(NewTask made) {
    return TaskXml.read(made.type(), made.priority(), made.xml(), versions.after());
  }

  private static NewTask read(TaskDocument task, Cdr cdr) {
    return TaskXml.read(task.type(), task.priority(), task.fragment(), cdr);
  }

  private void add(long id, TaskDocument before, NewTask now, boolean says) {
    boolean sends = !isSentAlike(id, read(before, versions.before()), now);
    if (says || sends) {
      StoredCdr cdr = stored.cdr();
      amended.add(new AmendedTask(id, cdr.id(), cdr.tableSuffix(), before.rmOrgId(), now, sends));
    }
  }

  /** The items of a task differ in nothing but what the plan says of them, so one tells for all. */
  private boolean isSentAlike(long id, NewTask before, NewTask now) {
    List<PlannedDelivery> plan = FanOut.deliveries(before);
    return plan.equals(FanOut.deliveries(now))
        && (plan.isEmpty()
            || Arrays.equals(
                contents(id, plan.get(0), versions.before(), before),
                contents(id, plan.get(0), versions.after(), now)));
  }

  private byte[] contents(long id, PlannedDelivery planned, Cdr cdr, NewTask task) {
    DeliveryKey key = new DeliveryKey(id, planned.kind(), planned.item());
    return courier.contents(new Consignment(key, 1, 1, planned.priority(), cdr, task));
  }
}
