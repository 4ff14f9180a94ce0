package org.waybill.console.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.waybill.collect.RejectedCause;
import org.waybill.collect.switches.Switches;
import org.waybill.operation.Operation;
import org.waybill.report.QueueStanding;
import org.waybill.report.Standing;

/**
 * All that is worth knowing at three in the morning.
 *
 * @param rejected documents that wait for a decision, counted up to {@link #COUNTED}
 */
record Overview(
    Standing standing,
    List<GatewayView> gateways,
    int rejected,
    List<RejectedCause> causes,
    List<Switches.Line> switches,
    List<Operation> operations) {
  static final int COUNTED = 10_001;

  private static final Duration ALIVE = Duration.ofMinutes(1);

  /** Something that is wrong, and where to see more of it. */
  record Worry(String sentence, String href) {}

  List<Worry> worries() {
    List<Worry> worries = new ArrayList<>();
    for (GatewayView view : gateways) {
      QueueStanding queue = view.queue();
      if (!queue.circuit().equals("closed") && view.gateway().active()) {
        String since = Show.age(queue.circuitSince(), standing.now());
        worries.add(
            new Worry(
                "Gateway %d has not answered as it should for %s. %s deliveries wait for it; nothing is lost."
                    .formatted(view.gateway().id(), since, view.backlog()),
                "/gateways"));
      }
    }
    for (Switches.Line line : switches) {
      Instant silent = line.watched().silentSince();
      if (silent != null) {
        worries.add(
            new Worry(
                "Switch %s has been silent since %s."
                    .formatted(line.watched().name(), Show.utc(line.watched().lastSeen())),
                "/#sources"));
      }
    }
    for (Standing.Node node : standing.nodes()) {
      if (state(node).equals("down")) {
        worries.add(
            new Worry(
                "Node %d has given no sign of life for %s; others take over what it did."
                    .formatted(node.id(), Show.age(node.heartbeatAt(), standing.now())),
                "/#nodes"));
      }
    }
    return worries;
  }

  String state(Standing.Node node) {
    if (node.stoppedAt() != null) {
      return "stopped";
    }
    return node.heartbeatAt().plus(ALIVE).isBefore(standing.now()) ? "down" : "up";
  }

  String backlog() {
    long all = gateways.stream().mapToLong(view -> view.queue().backlog()).sum();
    boolean more =
        gateways.stream().anyMatch(view -> view.queue().backlog() == QueueStanding.COUNTED);
    return Show.number(all) + (more ? "+" : "");
  }

  @Nullable Instant oldest() {
    return gateways.stream()
        .map(view -> view.queue().oldest())
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  long openCircuits() {
    return gateways.stream().filter(view -> !view.queue().circuit().equals("closed")).count();
  }

  String failedTasks() {
    return atMost(standing.failedTasks(), Standing.COUNTED);
  }

  String openDocuments() {
    return atMost(rejected, COUNTED);
  }

  private static String atMost(int count, int counted) {
    return count == counted ? Show.number(counted - 1) + "+" : Show.number(count);
  }
}
