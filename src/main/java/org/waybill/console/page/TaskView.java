package org.waybill.console.page;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.waybill.console.WaitReason;
import org.waybill.report.DeliveryTrace;
import org.waybill.report.TaskLine;
import org.waybill.report.TaskTrace;
import org.waybill.report.TaskTraces;
import org.waybill.task.Gateway;
import org.waybill.task.Gateways;
import org.waybill.task.MaskedUrl;
import org.waybill.task.TaskState;

/**
 * A task with its story.
 *
 * @param waits why it waits, where it does
 */
record TaskView(TaskLine task, TaskTrace trace, @Nullable String waits, List<Delivery> deliveries) {

  /**
   * One thing that it sends.
   *
   * @param gateway where to, in words
   * @param waits why it waits, where it does
   */
  record Delivery(DeliveryTrace trace, String gateway, @Nullable String waits) {
    String state() {
      return trace.state().name().toLowerCase(Locale.ROOT);
    }
  }

  boolean mayRerun() {
    return task.state() == TaskState.FAILED || task.state() == TaskState.CANCELLED;
  }

  boolean mayCancel() {
    return task.state() == TaskState.PENDING;
  }

  /** Such as {@code good}, for the mark on the line of time. */
  String mood() {
    return Show.mood(task.state().name());
  }

  /** Makes them. */
  @Dependent
  static class Views {
    private final TaskTraces traces;
    private final WaitReason waits;
    private final Gateways gateways;

    @Inject
    Views(TaskTraces traces, WaitReason waits, Gateways gateways) {
      this.traces = traces;
      this.waits = waits;
      this.gateways = gateways;
    }

    TaskView of(TaskLine task) {
      TaskTrace trace = traces.trace(task);
      List<Delivery> deliveries =
          trace.deliveries().stream()
              .map(one -> new Delivery(one, name(one.gateway()), waits.of(one)))
              .toList();
      return new TaskView(task, trace, waits.of(trace), deliveries);
    }

    private String name(int id) {
      return gateways
          .find(id)
          .map(Views::words)
          .orElse(id == 0 ? "no gateway yet" : "gateway " + id);
    }

    private static String words(Gateway gateway) {
      return "gateway " + gateway.id() + " · " + MaskedUrl.of(gateway.url());
    }
  }
}
