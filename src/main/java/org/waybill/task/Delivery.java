package org.waybill.task;

import java.time.Instant;
import org.waybill.cdr.TableSuffix;

/**
 * A row of the hot table: one thing that is still to be sent.
 *
 * @param payloadVersion above 1 when an amendment changed what is sent
 * @param createdAt its age is what operators alert on
 */
public record Delivery(
    DeliveryKey key,
    Place place,
    Origin origin,
    int payloadVersion,
    Instant createdAt,
    Progress progress) {

  /** The CDR that it is about. */
  public record Origin(long cdrId, TableSuffix day, int rmOrgId) {}

  public long taskId() {
    return key.taskId();
  }

  public TableSuffix day() {
    return origin.day();
  }

  /** Whether it is still the same send that is meant, not one of a re-run or an amendment. */
  boolean isOnlyMoved(Delivery now) {
    return now.key.equals(key)
        && now.place.queue() == place.queue()
        && now.payloadVersion == payloadVersion
        && now.createdAt.equals(createdAt)
        && now.progress.sends() == progress.sends();
  }

  /** The same thing, to be sent again later. */
  public Delivery again(Instant dueAt, Progress now) {
    return new Delivery(key, place.dueAt(dueAt), origin, payloadVersion, createdAt, now);
  }
}
