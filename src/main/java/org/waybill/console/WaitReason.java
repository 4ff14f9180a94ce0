package org.waybill.console;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.report.DeliveryTrace;
import org.waybill.report.QueueStanding;
import org.waybill.report.QueueStandings;
import org.waybill.report.TaskTrace;
import org.waybill.task.Gateway;
import org.waybill.task.Gateways;
import org.waybill.task.TaskState;

/** Says in words why something waits, so that an operator knows what to do about it. */
@Dependent
public class WaitReason {
  private final Gateways gateways;
  private final QueueStandings queues;
  private final Clock clock;

  @Inject
  public WaitReason(Gateways gateways, QueueStandings queues, Clock clock) {
    this.gateways = gateways;
    this.queues = queues;
    this.clock = clock;
  }

  /** Of a task: every different reason of its deliveries; null when it does not wait. */
  public @Nullable String of(TaskTrace trace) {
    if (trace.task().state() != TaskState.PENDING) {
      return null;
    }
    if (trace.deliveries().isEmpty()) {
      return "Nobody handles tasks of type " + trace.task().type() + ".";
    }
    Set<String> reasons = new LinkedHashSet<>();
    for (DeliveryTrace delivery : trace.deliveries()) {
      String reason = of(delivery);
      if (reason != null) {
        reasons.add(reason);
      }
    }
    return reasons.isEmpty() ? null : String.join(" ", reasons);
  }

  public @Nullable String of(DeliveryTrace delivery) {
    if (delivery.state() != DeliveryTrace.State.WAITING) {
      return null;
    }
    Gateway gateway = gateways.find(delivery.gateway()).orElse(null);
    if (gateway == null) {
      return "There is no " + delivery.key().kind().gatewayKind() + " gateway for it.";
    }
    String name = "Gateway " + gateway.id();
    if (!gateway.active()) {
      return name + " is deactivated.";
    }
    if (gateway.paused()) {
      return name + " is paused.";
    }
    return ofQueue(name, queues.of(gateway.id()), delivery.dueAt());
  }

  private String ofQueue(String name, QueueStanding queue, @Nullable Instant due) {
    if (!queue.circuit().equals("closed")) {
      String until = queue.nextProbe() == null ? "" : " until " + queue.nextProbe();
      String why = queue.circuitReason() == null ? "." : ": " + queue.circuitReason() + ".";
      return "The circuit of "
          + name.toLowerCase(Locale.ROOT)
          + " is open"
          + until
          + why.replace("..", ".");
    }
    if (due != null && due.isAfter(clock.instant())) {
      return "It is due at " + due + ".";
    }
    return "It is due and waits for its turn at " + name.toLowerCase(Locale.ROOT) + ".";
  }
}
