package org.waybill.normalize.callflow;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Violation;

/**
 * A call with all that is known of it. The same pieces make the same call, in whatever order they
 * came.
 */
public record FlowCall(
    CallItem call,
    List<ConnectionItem> connections,
    List<EventItem> events,
    List<OperatorItem> operators) {
  public FlowCall {
    connections = sorted(connections, Comparator.comparingLong(ConnectionItem::id));
    events = sorted(events, Comparator.comparingLong(EventItem::id));
    operators = sorted(operators, Comparator.comparingLong(OperatorItem::id));
  }

  /** Whom the call was given to last. */
  private record Assigned(long id, @Nullable String name) {}

  /** Of a document that its dialect can read; empty when it cannot. */
  public static Optional<FlowCall> read(String document) {
    List<Violation> violations = new ArrayList<>();
    return Optional.ofNullable(FlowDocument.parse(document, violations))
        .map(parsed -> parsed.call(violations));
  }

  public Instant start(ZoneId zone) {
    return call.start().in(zone);
  }

  /**
   * Whether nothing more is to be waited for. A call that has a place for its end is over when that
   * is filled: an event about it may be there a little earlier.
   */
  public boolean isOver() {
    return call.isOver() || (!call.tellsEnd() && events.stream().anyMatch(EventItem::isEnd));
  }

  /** Empty where no piece says it. */
  Optional<Instant> end(ZoneId zone) {
    if (call.end() != null) {
      return Optional.of(call.end().in(zone));
    }
    return connections.stream()
        .map(ConnectionItem::finished)
        .filter(Objects::nonNull)
        .map(moment -> moment.in(zone))
        .max(Comparator.naturalOrder())
        .filter(last -> isOver());
  }

  /** The first answer of all connections. */
  Optional<Instant> answer(ZoneId zone) {
    return connections.stream()
        .map(ConnectionItem::answered)
        .filter(Objects::nonNull)
        .map(moment -> moment.in(zone))
        .min(Comparator.naturalOrder());
  }

  @Nullable Long operatorId() {
    Assigned assigned = assigned();
    return assigned == null ? null : assigned.id();
  }

  /** As the event has it, which is what the operator was called then; else by the operators. */
  @Nullable String operatorName() {
    Assigned assigned = assigned();
    if (assigned == null || assigned.name() != null) {
      return assigned == null ? null : assigned.name();
    }
    return operators.stream()
        .filter(one -> one.id() == assigned.id())
        .map(OperatorItem::name)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** What the last event about its end says, else its own state. */
  @Nullable String result() {
    String result = null;
    for (EventItem event : events) {
      result = event.result() == null ? result : event.result();
    }
    return result == null ? call.status() : result;
  }

  private @Nullable Assigned assigned() {
    Assigned last = null;
    for (EventItem event : events) {
      if (event.operatorId() != null) {
        last = new Assigned(event.operatorId(), event.operatorName());
      }
    }
    return last == null && call.operatorId() != null ? new Assigned(call.operatorId(), null) : last;
  }

  private static <T> List<T> sorted(List<T> items, Comparator<T> byId) {
    return items.stream().sorted(byId).toList();
  }
}
