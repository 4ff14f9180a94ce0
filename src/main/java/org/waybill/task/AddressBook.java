package org.waybill.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All gateways as they were at one moment, in the order of their creation, and the rule by which a
 * delivery finds its own.
 */
public record AddressBook(List<Gateway> gateways) {
  public AddressBook {
    gateways = gateways.stream().sorted(Comparator.comparingInt(Gateway::id)).toList();
  }

  /**
   * The gateway of a delivery that was never sent: item N goes to the N-th active one of its kind,
   * modulo their number. An organization's own gateways of a kind replace the general ones. The
   * item of a report is its consumer's id, where it names one.
   *
   * @return its id, or {@link Gateway#NONE} when there is none
   */
  public int route(int rmOrgId, DeliveryKind kind, int item) {
    if (kind == DeliveryKind.REPORT && item != FanOut.ANY_CONSUMER) {
      return isConsumerOf(rmOrgId, item) ? item : Gateway.NONE;
    }
    List<Gateway> choice = all(rmOrgId, kind);
    return choice.isEmpty() ? Gateway.NONE : choice.get(item % choice.size()).id();
  }

  /** Whether reports of an organization may go to a gateway. */
  private boolean isConsumerOf(int rmOrgId, int id) {
    return find(id)
        .filter(gateway -> gateway.active() && isFor(DeliveryKind.REPORT, gateway))
        .filter(gateway -> gateway.rmOrgId() == null || gateway.rmOrgId() == rmOrgId)
        .isPresent();
  }

  private static boolean isFor(DeliveryKind kind, Gateway gateway) {
    return gateway.kind().equals(kind.gatewayKind());
  }

  /** The active gateways of a kind that an organization's deliveries go to. */
  List<Gateway> all(int rmOrgId, DeliveryKind kind) {
    List<Gateway> own = new ArrayList<>();
    List<Gateway> general = new ArrayList<>();
    for (Gateway gateway : gateways) {
      Integer owner = gateway.rmOrgId();
      if (!gateway.active() || !isFor(kind, gateway)) {
        continue;
      }
      if (owner == null) {
        general.add(gateway);
      } else if (owner == rmOrgId) {
        own.add(gateway);
      }
    }
    return own.isEmpty() ? general : own;
  }

  /** Whether every delivery finds the same gateway by the other one. */
  public boolean routesLike(AddressBook other) {
    return routes().equals(other.routes());
  }

  private record Route(int id, String kind, @Nullable Integer rmOrgId) {}

  private List<Route> routes() {
    return gateways.stream()
        .filter(Gateway::active)
        .map(gateway -> new Route(gateway.id(), gateway.kind(), gateway.rmOrgId()))
        .toList();
  }

  public Optional<Gateway> find(int id) {
    return gateways.stream().filter(gateway -> gateway.id() == id).findFirst();
  }
}
