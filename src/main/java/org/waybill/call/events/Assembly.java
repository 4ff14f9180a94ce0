package org.waybill.call.events;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.normalize.lifecycle.LifecycleCall;
import org.waybill.normalize.lifecycle.LifecycleCall.End;
import org.waybill.normalize.lifecycle.LifecycleCall.Findings;
import org.waybill.normalize.lifecycle.LifecycleCall.Parties;

/**
 * Puts a call together from the set of its events. They are put in one order first, by when they
 * happened, so that in which order they came makes no difference. Where two say different things,
 * the earlier one counts; of the user the last one.
 */
final class Assembly {
  private static final Comparator<StoredEvent> ORDER =
      Comparator.comparing(StoredEvent::at)
          .thenComparing(event -> event.event().kind())
          .thenComparing(event -> event.event().hash(), Arrays::compareUnsigned);

  private final List<StoredEvent> events;

  private Assembly(Collection<StoredEvent> events) {
    this.events =
        events.stream()
            .filter(event -> event.event().kind() != EventKind.OTHER)
            .sorted(ORDER)
            .toList();
  }

  /**
   * @param events of one call, each once
   * @return empty when none of them is of a known type
   */
  static Optional<LifecycleCall> of(Collection<StoredEvent> events, boolean timedOut) {
    Assembly assembly = new Assembly(events);
    return assembly.events.isEmpty() ? Optional.empty() : Optional.of(assembly.call(timedOut));
  }

  private LifecycleCall call(boolean timedOut) {
    StoredEvent first = events.get(0);
    StoredEvent started = first(EventKind.STARTED);
    StoredEvent answered = first(EventKind.ANSWERED);
    StoredEvent ended = first(EventKind.ENDED);
    return new LifecycleCall(
        first.event().callId(),
        tenant(),
        parties(),
        started == null ? first.at() : started.at(),
        at(answered),
        ended == null ? null : new End(ended.at(), said(EventKind.ENDED, EventField.REASON)),
        timedOut,
        findings());
  }

  /** That with which the call began, else the first one that anybody names. */
  private @Nullable String tenant() {
    String own = said(EventKind.STARTED, EventField.TENANT);
    return own == null
        ? events.stream()
            .map(event -> event.event().said(EventField.TENANT))
            .filter(tenant -> tenant != null)
            .findFirst()
            .orElse(null)
        : own;
  }

  private @Nullable Parties parties() {
    if (first(EventKind.STARTED) == null) {
      return null;
    }
    String from = said(EventKind.STARTED, EventField.FROM);
    String to = said(EventKind.STARTED, EventField.TO);
    return new Parties(from == null ? "" : from, to == null ? "" : to);
  }

  private Findings findings() {
    List<String> users = all(EventKind.IDENTIFIED, EventField.USER);
    List<String> contacts = all(EventKind.IDENTIFIED, EventField.CONTACT);
    return new Findings(
        users.isEmpty() ? null : users.get(users.size() - 1),
        contacts.isEmpty() ? null : contacts.get(contacts.size() - 1),
        distinct(EventKind.RECORDED, EventField.RECORDING),
        distinct(EventKind.TRANSFERRED, EventField.TRANSFERRED_TO));
  }

  private @Nullable StoredEvent first(EventKind kind) {
    return events.stream().filter(event -> event.event().kind() == kind).findFirst().orElse(null);
  }

  private static @Nullable Instant at(@Nullable StoredEvent event) {
    return event == null ? null : event.at();
  }

  private @Nullable String said(EventKind kind, EventField field) {
    List<String> all = all(kind, field);
    return all.isEmpty() ? null : all.get(0);
  }

  private List<String> distinct(EventKind kind, EventField field) {
    return all(kind, field).stream().distinct().toList();
  }

  private List<String> all(EventKind kind, EventField field) {
    List<String> all = new ArrayList<>();
    for (StoredEvent event : events) {
      String said = event.event().said(field);
      if (event.event().kind() == kind && said != null) {
        all.add(said);
      }
    }
    return all;
  }
}
