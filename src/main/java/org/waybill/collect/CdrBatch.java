package org.waybill.collect;

import java.io.IOException;
import java.time.Clock;
import org.waybill.access.Caller;
import org.waybill.document.CdrStream;
import org.waybill.document.Member;

/** Takes the members of a stream of documents in our own schema. */
final class CdrBatch {
  private final Conveyor<BatchPlace> conveyor;
  private final Clock clock;
  private final Caller caller;
  private final BatchResults results;
  private final int maxBytes;
  private BatchCounts counts = BatchCounts.NONE;

  CdrBatch(Intake intake, Keeping keeping, Settings settings, Caller caller, BatchResults results) {
    this.conveyor = new Conveyor<>(intake, keeping, Conveyor.Limits.BATCH, this::settled);
    this.clock = settings.clock();
    this.maxBytes = settings.maxBytes();
    this.caller = caller;
    this.results = results;
  }

  /** What a batch needs to know of the server. */
  record Settings(Clock clock, int maxBytes) {}

  BatchCounts counts() {
    return counts;
  }

  /**
   * Takes all of them, or as many as the database takes.
   *
   * @return whether it was all
   */
  boolean takeAll(CdrStream stream) throws IOException {
    for (Member member = stream.next(); member != null; member = stream.next()) {
      if (member instanceof Member.Document document) {
        if (!conveyor.send(BatchPlace.of(document.place()), arrived(document))) {
          return false;
        }
      } else {
        results.tooLarge(BatchPlace.of(member.place()), maxBytes);
        counts = counts.plusRejected();
      }
    }
    return settleAll();
  }

  /**
   * Waits for those on their way.
   *
   * @return whether the database took all
   */
  boolean settleAll() {
    return conveyor.settleAll();
  }

  private Arrived arrived(Member.Document member) {
    return new Arrived(
        member.body(),
        "application/xml" + (member.charset() == null ? "" : ";charset=" + member.charset()),
        member.charset(),
        Intake.SOURCE,
        caller,
        clock.instant());
  }

  private void settled(BatchPlace place, Answer answer) {
    results.add(place, answer);
    counts = counts.plus(answer);
  }
}
