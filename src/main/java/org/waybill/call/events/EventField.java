package org.waybill.call.events;

/** What an event may tell beside its type, call and time. */
enum EventField {
  TENANT,
  FROM,
  TO,
  USER,
  CONTACT,
  REASON,
  RECORDING,
  TRANSFERRED_TO
}
