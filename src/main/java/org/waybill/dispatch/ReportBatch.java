package org.waybill.dispatch;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.task.Delivery;
import org.waybill.task.DeliveryKey;
import org.waybill.task.Progress;

/**
 * Reports that go to a consumer together, for as long as they are not settled. What it says is in
 * the database and never changes.
 *
 * @param number in the order in which the consumer's batches are made, without a gap
 * @param progress of the batch: its members are as far as that, whatever they went through before
 * @param refused for something in it: it is halved instead of being sent again
 */
record ReportBatch(
    int consumer,
    long number,
    Instant madeAt,
    Instant dueAt,
    Progress progress,
    boolean refused,
    List<Member> members) {

  ReportBatch {
    members = List.copyOf(members);
  }

  /** Something that it says of a task, which an amendment may since have said otherwise. */
  record Member(DeliveryKey key, int payloadVersion) {
    static Member of(Delivery delivery) {
      return new Member(delivery.key(), delivery.payloadVersion());
    }
  }

  /** One that was just made. */
  static ReportBatch made(int consumer, long number, Instant now, List<Delivery> members) {
    return new ReportBatch(
        consumer,
        number,
        now,
        now,
        Progress.NONE,
        false,
        members.stream().map(Member::of).toList());
  }

  List<DeliveryKey> keys() {
    return members.stream().map(Member::key).toList();
  }

  /** The same, to be sent again, or null when it is settled. */
  @Nullable ReportBatch following(Ruling ruling) {
    Instant due = ruling.again();
    return due == null
        ? null
        : new ReportBatch(consumer, number, madeAt, due, ruling.progress(), refused, members);
  }

  /** The same, to be halved at once. */
  ReportBatch toBeHalved(Ruling ruling) {
    return new ReportBatch(consumer, number, madeAt, dueAt, ruling.progress(), true, members);
  }
}
