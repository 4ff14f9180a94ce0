package org.waybill.call.events;

import java.util.Map;

/** What an event says of its call. */
enum EventKind {
  STARTED,
  ANSWERED,
  TRANSFERRED,
  IDENTIFIED,
  RECORDED,
  ENDED,
  /** Of a type that is not known: kept, without effect. */
  OTHER;

  private static final Map<String, EventKind> BY_TYPE =
      Map.of(
          "call.started", STARTED,
          "call.answered", ANSWERED,
          "call.transferred", TRANSFERRED,
          "user.identified.for_call", IDENTIFIED,
          "user.identified.for.call", IDENTIFIED,
          "user.created.for_call", IDENTIFIED,
          "call.recording.available", RECORDED,
          "call.ended", ENDED);

  static EventKind ofType(String type) {
    return BY_TYPE.getOrDefault(type, OTHER);
  }
}
