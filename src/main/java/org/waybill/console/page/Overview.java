package org.waybill.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.waybill.collect.switches.Switches;
import org.waybill.operation.Operation;
import org.waybill.report.Flow;
import org.waybill.report.LedgerWatch;
import org.waybill.report.QueueStanding;
import org.waybill.report.Standing;

/**
 * All that is worth knowing at three in the morning.
 *
 * @param ledger null while nobody has looked whether it balances
 */
record Overview(
    Standing standing,
    List<GatewayView> gateways,
    Undecided undecided,
    List<Switches.Line> switches,
    List<Operation> operations,
    Flow flow,
    LedgerWatch.@Nullable Seen ledger) {
  private static final Duration ALIVE = Duration.ofMinutes(1);

  /** Something that is wrong, and where to see more of it. */
  record Worry(String sentence, String href) {}

  /** The worst first. */
  List<Worry> worries() {
    List<Worry> worries = new ArrayList<>();
    if (ledger != null && !ledger.unbalanced().isEmpty()) {
      worries.add(
          new Worry(
              "The ledger of %s does not balance.".formatted(Show.joined(ledger.unbalanced())),
              "/statistics/ledger?day=" + ledger.unbalanced().last()));
    }
    gateways.forEach(view -> worry(view, worries));
    switches.forEach(line -> worry(line, worries));
    standing.nodes().forEach(node -> worry(node, worries));
    return worries;
  }

  private void worry(GatewayView view, List<Worry> worries) {
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

  private static void worry(Switches.Line line, List<Worry> worries) {
    if (line.watched().silentSince() != null) {
      worries.add(
          new Worry(
              "Switch %s has been silent since %s."
                  .formatted(line.watched().name(), Show.utc(line.watched().lastSeen())),
              "/#sources"));
    }
  }

  private void worry(Standing.Node node, List<Worry> worries) {
    if (state(node).equals("down")) {
      worries.add(
          new Worry(
              "Node %d has given no sign of life for %s; others take over what it did."
                  .formatted(node.id(), Show.age(node.heartbeatAt(), standing.now())),
              "/#nodes"));
    }
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
    return atMost(undecided.documents(), Undecided.COUNTED);
  }

  /** Whether the books of today or yesterday do not balance; older ones are worries, too. */
  boolean unbalanced() {
    LocalDate yesterday = LocalDate.ofInstant(standing.now(), ZoneOffset.UTC).minusDays(1);
    return ledger != null && !ledger.unbalanced().tailSet(yesterday).isEmpty();
  }

  private static String atMost(int count, int counted) {
    return count == counted ? Show.number(counted - 1) + "+" : Show.number(count);
  }
}
