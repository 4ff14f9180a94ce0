package org.waybill.collect;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Takes documents one after the other for which no single sender waits: those of a batch, or of a
 * directory. Some are on their way to a commit while the next ones are read, so that they share
 * commits with each other and with all that come by the doors.
 *
 * @param <T> what is known of a document here
 */
public final class Conveyor<T> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long BUSY_PAUSE_MILLIS = 10;

  private final Intake intake;
  private final Keeping keeping;
  private final Limits limits;
  private final Receiver<T> receiver;
  private final Deque<Sent<T>> underway = new ArrayDeque<>();
  private long bytes;

  public Conveyor(Intake intake, Keeping keeping, Limits limits, Receiver<T> receiver) {
    this.intake = intake;
    this.keeping = keeping;
    this.limits = limits;
    this.receiver = receiver;
  }

  /**
   * How much may be on its way: so much that commits are well filled, and so little that memory is
   * bounded and others are not held up.
   */
  public record Limits(int count, long bytes) {
    static final Limits BATCH = new Limits(400, 8L << 20);
  }

  /** Is told what came of each document, in the order in which they were sent. */
  @FunctionalInterface
  public interface Receiver<T> {
    /**
     * @param answer that it is stored or kept as rejected, durably; never anything else
     */
    void settled(T item, Answer answer);
  }

  private record Sent<T>(T item, Arrived arrived, Underway underway) {}

  /**
   * Sends one off, and waits for older ones when too many are on their way.
   *
   * @return whether the database takes documents
   */
  public boolean send(T item, Arrived arrived) {
    return add(item, arrived, intake.begin(arrived));
  }

  /**
   * The same for one that may be anybody's.
   *
   * @param otherwise as which it goes if it does not say whose it is
   */
  public boolean send(T item, Arrived arrived, Arrived otherwise) {
    Underway begun = intake.begin(arrived);
    boolean nobodys =
        begun instanceof Underway.Judged judged
            && judged.verdict() instanceof Verdict.Unacceptable unacceptable
            && unacceptable.rejection().isNobodys();
    return nobodys ? send(item, otherwise) : add(item, arrived, begun);
  }

  /**
   * Waits for all that are on their way.
   *
   * @return whether the database took all
   */
  public boolean settleAll() {
    while (!underway.isEmpty()) {
      if (!settleOldest()) {
        return false;
      }
    }
    return true;
  }

  /** How many are on their way. */
  public int underway() {
    return underway.size();
  }

  private boolean add(T item, Arrived arrived, Underway begun) {
    intake.cameLate(begun);
    underway.add(new Sent<>(item, arrived, begun));
    bytes += arrived.body().length;
    while (underway.size() >= limits.count() || bytes >= limits.bytes()) {
      if (!settleOldest()) {
        return false;
      }
    }
    return true;
  }

  private boolean settleOldest() {
    Sent<T> sent = underway.remove();
    bytes -= sent.arrived().body().length;
    Answer answer = answer(sent);
    if (answer instanceof Answer.Later) {
      return false;
    }
    receiver.settled(sent.item(), answer);
    return true;
  }

  private Answer answer(Sent<T> sent) {
    Verdict verdict = patiently(sent);
    if (verdict instanceof Verdict.Accepted accepted) {
      keeping.accepted(sent.arrived(), accepted.uuid());
      return new Answer.Accepted(accepted);
    }
    if (verdict instanceof Verdict.Unacceptable unacceptable) {
      return keep(sent, unacceptable.rejection());
    }
    if (verdict instanceof Verdict.Forbidden forbidden) {
      return keep(sent, forbidden.rejection());
    }
    return new Answer.Later();
  }

  /** A batch can wait for its place in the queue, as a switch cannot. */
  private Verdict patiently(Sent<T> sent) {
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

  private Answer keep(Sent<T> sent, Rejection rejection) {
    return keeping.keep(sent.arrived(), rejection, Deadline.in(PATIENCE));
  }
}
