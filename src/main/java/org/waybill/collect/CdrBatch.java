package org.waybill.collect;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.waybill.access.Caller;
import org.waybill.document.CdrStream;
import org.waybill.document.Member;

/**
 * Takes the members of a stream one after the other. Some are on their way to a commit while the
 * next ones are read: so many that commits are well filled, and so few that memory is bounded.
 */
final class CdrBatch {
  private static final int MAX_UNDERWAY = 400;
  private static final long MAX_BYTES = 8L << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long BUSY_PAUSE_MILLIS = 10;

  private final Intake intake;
  private final Keeping keeping;
  private final Clock clock;
  private final Caller caller;
  private final BatchResults results;
  private final int maxBytes;
  private final Deque<Sent> underway = new ArrayDeque<>();
  private long bytes;
  private BatchCounts counts = BatchCounts.NONE;

  CdrBatch(Intake intake, Keeping keeping, Settings settings, Caller caller, BatchResults results) {
    this.intake = intake;
    this.keeping = keeping;
    this.clock = settings.clock();
    this.maxBytes = settings.maxBytes();
    this.caller = caller;
    this.results = results;
  }

  /** What a batch needs to know of the server. */
  record Settings(Clock clock, int maxBytes) {}

  private record Sent(Member.Place place, Arrived arrived, Underway underway) {}

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
        send(document);
      } else {
        results.tooLarge(member.place(), maxBytes);
        counts = counts.plusRejected();
      }
      while (underway.size() >= MAX_UNDERWAY || bytes >= MAX_BYTES) {
        if (!settleOldest()) {
          return false;
        }
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
    while (!underway.isEmpty()) {
      if (!settleOldest()) {
        return false;
      }
    }
    return true;
  }

  private void send(Member.Document member) {
    Arrived arrived =
        new Arrived(
            member.body(),
            "application/xml" + (member.charset() == null ? "" : ";charset=" + member.charset()),
            member.charset(),
            Intake.SOURCE,
            caller,
            clock.instant());
    underway.add(new Sent(member.place(), arrived, intake.begin(arrived)));
    bytes += member.body().length;
  }

  private boolean settleOldest() {
    Sent sent = underway.remove();
    bytes -= sent.arrived().body().length;
    Verdict verdict = patiently(sent);
    if (verdict instanceof Verdict.Accepted accepted) {
      return accepted(sent, accepted);
    }
    if (verdict instanceof Verdict.Unacceptable unacceptable) {
      return keep(sent, unacceptable.rejection());
    }
    if (verdict instanceof Verdict.Forbidden forbidden) {
      return keep(sent, forbidden.rejection());
    }
    return false;
  }

  /** A batch can wait for its place in the queue, as a switch cannot. */
  private Verdict patiently(Sent sent) {
    Deadline deadline = Deadline.in(PATIENCE);
    Verdict verdict = intake.settle(sent.underway(), deadline);
    while (verdict instanceof Verdict.Later later && later.busy() && deadline.nanosLeft() > 0) {
      try {
        Thread.sleep(BUSY_PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return verdict;
      }
      verdict = intake.settle(intake.begin(sent.arrived()), deadline);
    }
    return verdict;
  }

  private boolean accepted(Sent sent, Verdict.Accepted accepted) {
    keeping.accepted(sent.arrived(), accepted.uuid());
    if (accepted.duplicate()) {
      results.duplicate(sent.place(), accepted.uuid());
      counts = counts.plusDuplicate();
    } else {
      counts = counts.plusStored();
    }
    return true;
  }

  private boolean keep(Sent sent, Rejection rejection) {
    Answer answer = keeping.keep(sent.arrived(), rejection, Deadline.in(PATIENCE));
    if (answer instanceof Answer.Rejected rejected) {
      results.rejected(sent.place(), rejected.rejectedId(), rejection);
      counts = counts.plusRejected();
      return true;
    }
    return false;
  }
}
