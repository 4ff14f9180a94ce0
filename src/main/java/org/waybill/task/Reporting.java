package org.waybill.task;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which consumers the rules for reports mean, of one CDR. A rule that names no consumer is for all
 * that the organization has, each by a task of its own. A consumer gets a CDR once, whatever number
 * of rules choose it, and none if it is another organization's own.
 */
final class Reporting {
  private final AddressBook book;
  private final int rmOrgId;
  private final Set<Integer> chosen = new HashSet<>();
  private final List<TaskRule> addressed = new ArrayList<>();

  private Reporting(AddressBook book, int rmOrgId) {
    this.book = book;
    this.rmOrgId = rmOrgId;
  }

  /** The rules, those for reports with their consumers. */
  static List<TaskRule> addressed(List<TaskRule> matching, int rmOrgId, Gateways gateways) {
    if (matching.stream().noneMatch(Reporting::isReport)) {
      return matching;
    }
    Reporting reporting = new Reporting(gateways.book(), rmOrgId);
    matching.forEach(reporting::add);
    return reporting.addressed;
  }

  private void add(TaskRule one) {
    if (!isReport(one)) {
      addressed.add(one);
      return;
    }
    int named = FanOut.consumer(one.rule().fields());
    if (named == FanOut.ANY_CONSUMER) {
      addForAll(one);
    } else if (!isAnothers(named) && chosen.add(named)) {
      addressed.add(one);
    }
  }

  private void addForAll(TaskRule one) {
    List<Gateway> consumers = book.all(rmOrgId, DeliveryKind.REPORT);
    for (Gateway consumer : consumers) {
      if (chosen.add(consumer.id())) {
        addressed.add(new TaskRule(one.id(), one.rule().to(consumer.id())));
      }
    }
    if (consumers.isEmpty() && chosen.add(FanOut.ANY_CONSUMER)) {
      addressed.add(one); // It waits for the first that there will be.
    }
  }

  private static boolean isReport(TaskRule one) {
    return one.rule().type().equals(FanOut.CDR_REPORT);
  }

  private boolean isAnothers(int consumer) {
    return book.find(consumer)
        .filter(gateway -> gateway.rmOrgId() != null && gateway.rmOrgId() != rmOrgId)
        .isPresent();
  }

  /** Whether it was seeded now. */
  static boolean seed(Connection connection, URI url, Instant now) throws SQLException {
    boolean first = GatewayRows.isFirstStart(connection, "reports", now);
    if (first) {
      NewGateway consumer = NewGateway.general(DeliveryKind.REPORT.gatewayKind(), url);
      int id = GatewayRows.insert(connection, consumer, true, now).id();
      NewTaskRule every = new NewTaskRule(null, Map.of(), FanOut.CDR_REPORT, null, List.of(), true);
      TaskRuleRows.insert(connection, every.to(id));
    }
    return first;
  }
}
