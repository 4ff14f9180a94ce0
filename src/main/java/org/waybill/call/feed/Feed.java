package org.waybill.call.feed;

/** The feeds of a platform, by the last part of their addresses. */
enum Feed {
  CALLS("calls", "call_id"),
  CALL_EVENTS("call_events", "event_id"),
  CONNECTIONS("connections", "connection_id"),
  OPERATORS("operators", "operator_id");

  private final String word;
  private final String key;

  Feed(String word, String key) {
    this.word = word;
    this.key = key;
  }

  /** In addresses, in the database and in metrics. */
  String word() {
    return word;
  }

  /** The member of an item that its cursor counts by. */
  String key() {
    return key;
  }
}
