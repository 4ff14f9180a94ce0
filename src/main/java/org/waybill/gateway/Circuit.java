package org.waybill.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.gateway.Verdict.Delivered;
import org.waybill.gateway.Verdict.Misconfigured;
import org.waybill.gateway.Verdict.Refused;
import org.waybill.gateway.Verdict.Transient;

/**
 * Whether one gateway may be sent to now, and how much at once. Knows no clock and sends nothing:
 * the owner of the gateway's queue asks before each send and tells what came of it.
 *
 * <p>A refusal counts as health: the gateway works and has answered. A misconfigured answer that
 * was settled as the delivery's own fault must be recorded as refused.
 */
public final class Circuit {
  /** The gateway as its queue sees it. */
  public enum State {
    /** It is sent to, after an opening slowly at first. */
    CLOSED,
    /** It is left alone until the next probe. */
    OPEN,
    /** It is sent single probes. */
    HALF_OPEN;

    /** All legal moves. */
    boolean mayBecome(State next) {
      return switch (this) {
        case CLOSED -> next == OPEN;
        case OPEN -> next == HALF_OPEN;
        case HALF_OPEN -> next == OPEN || next == CLOSED;
      };
    }
  }

  /** A row of {@code gateway_circuits}: what a new owner of the queue goes on from. */
  public record Snapshot(
      State state,
      Instant since,
      @Nullable Instant nextProbe,
      int trips,
      @Nullable String reason) {}

  /**
   * A move from one state to another.
   *
   * @param trips openings in a row by then
   * @param reason a sentence or two
   */
  public record Change(Instant at, State from, State to, int trips, String reason) {}

  static final int UNANSWERED_TO_OPEN = 5;
  static final int SUCCESSES_TO_CLOSE = 3;
  static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  static final Duration RAMP_STEP = Duration.ofSeconds(1);

  /** More changes than this that nobody could write down are not worth the memory. */
  static final int MOST_UNTOLD = 100;

  private final FailureWindow window = new FailureWindow();
  private final Deque<Change> untold = new ArrayDeque<>();
  private int maxInFlight;
  private State state = State.CLOSED;
  private Instant since;
  private @Nullable Instant nextProbe;
  private int trips;
  private @Nullable String reason;
  private int unansweredInARow;
  private int probesSucceeded;
  private int ramp;
  private Instant rampedAt;
  private boolean asked;

  /** A closed circuit at full speed. */
  public Circuit(int maxInFlight, Instant now) {
    this.maxInFlight = maxInFlight;
    this.ramp = maxInFlight;
    this.since = now;
    this.rampedAt = now;
  }

  /** Goes on from what a former owner saw. One that was probing probes again. */
  public static Circuit restore(Snapshot snapshot, int maxInFlight, Instant now) {
    Circuit circuit = new Circuit(maxInFlight, now);
    circuit.since = snapshot.since();
    circuit.trips = snapshot.trips();
    circuit.reason = snapshot.reason();
    if (snapshot.state() != State.CLOSED) {
      circuit.state = State.OPEN;
      circuit.nextProbe = snapshot.nextProbe() == null ? now : snapshot.nextProbe();
    } else if (snapshot.trips() > 0) {
      circuit.ramp = 1;
    }
    return circuit;
  }

  /** The operator's limit, which may change at any time. */
  public synchronized void limit(int newMaxInFlight) {
    boolean atFullSpeed = ramp >= maxInFlight;
    maxInFlight = newMaxInFlight;
    ramp = atFullSpeed ? maxInFlight : Math.min(ramp, maxInFlight);
  }

  /** How many more sends may begin now, {@code inFlight} being under way. */
  public synchronized int permits(Instant now, int inFlight) {
    // What was under way when the circuit opened must end first: only then is a probe a single one.
    if (state == State.OPEN && inFlight == 0 && probeIsDue(now)) {
      become(State.HALF_OPEN, now, asked ? "An operator asked for a probe." : "A probe was due.");
    }
    return switch (state) {
      case CLOSED -> Math.max(0, ramp - inFlight);
      case OPEN -> 0;
      case HALF_OPEN -> inFlight == 0 ? 1 : 0;
    };
  }

  /** Learns from the verdict on one send. */
  public synchronized void record(Verdict verdict, Instant now) {
    switch (state) {
      case CLOSED -> whileClosed(verdict, now);
      case HALF_OPEN -> whileProbing(verdict, now);
      case OPEN -> {} // A straggler from before the opening: it tells nothing new.
    }
  }

  /** Lets the next probe through at once; where one is under way, the one after it. */
  public synchronized void probeNow(Instant now) {
    if (state != State.CLOSED) {
      nextProbe = now;
      asked = true;
    }
  }

  /** When an open circuit lets the next probe through. */
  public synchronized @Nullable Instant nextProbe() {
    return nextProbe;
  }

  public synchronized State state() {
    return state;
  }

  /** Why it opened last. */
  public synchronized @Nullable String reason() {
    return reason;
  }

  /** Openings since it last worked at full speed: the wait doubles with each. */
  public synchronized int trips() {
    return trips;
  }

  public synchronized Snapshot snapshot() {
    return new Snapshot(state, since, nextProbe, trips, reason);
  }

  /** The changes that {@link #told} has not heard of, in their order. */
  public synchronized List<Change> untold() {
    return List.copyOf(untold);
  }

  /** These were written down. */
  public synchronized void told(Collection<Change> changes) {
    untold.removeAll(changes);
  }

  private void whileClosed(Verdict verdict, Instant now) {
    window.add(now, verdict instanceof Transient);
    if (verdict instanceof Transient failure) {
      unansweredInARow = failure.unanswered() ? unansweredInARow + 1 : 0;
      rampedAt = now;
    } else {
      unansweredInARow = 0;
    }
    String trip = reasonToOpen(verdict, now);
    if (trip != null) {
      open(trip, now);
    } else if (works(verdict)) {
      speedUp(now);
    }
  }

  private @Nullable String reasonToOpen(Verdict verdict, Instant now) {
    if (verdict instanceof Misconfigured misconfigured) {
      return misconfigured.reason();
    }
    if (unansweredInARow >= UNANSWERED_TO_OPEN) {
      return unansweredInARow + " failures to connect or timeouts in a row. " + detail(verdict);
    }
    if (window.mostlyFailed(now)) {
      return window.describe(now) + detail(verdict);
    }
    return null;
  }

  private void whileProbing(Verdict verdict, Instant now) {
    if (!works(verdict)) {
      open(detail(verdict), now);
    } else if (++probesSucceeded >= SUCCESSES_TO_CLOSE) {
      become(State.CLOSED, now, SUCCESSES_TO_CLOSE + " probes in a row succeeded.");
    }
  }

  private void open(String why, Instant now) {
    boolean askedMeanwhile = asked;
    trips++;
    become(State.OPEN, now, why);
    reason = why;
    nextProbe = askedMeanwhile ? now : now.plus(waitAfter(trips));
    asked = askedMeanwhile;
  }

  static Duration waitAfter(int trips) {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(trips - 1, 10));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private void become(State next, Instant now, String why) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException("A circuit that is " + state + " cannot become " + next);
    }
    untold.addLast(new Change(now, state, next, trips, why));
    if (untold.size() > MOST_UNTOLD) {
      untold.removeFirst();
    }
    state = next;
    since = now;
    asked = false;
    probesSucceeded = 0;
    unansweredInARow = 0;
    if (next == State.CLOSED) {
      nextProbe = null;
      ramp = 1;
      rampedAt = now;
      window.clear();
    }
  }

  // Doubles each second in which nothing failed: a gateway that came back must not be run over.
  private void speedUp(Instant now) {
    if (ramp < maxInFlight && !now.isBefore(rampedAt.plus(RAMP_STEP))) {
      ramp = Math.min(maxInFlight, ramp * 2);
      rampedAt = now;
    }
    if (ramp >= maxInFlight) {
      trips = 0;
    }
  }

  private boolean probeIsDue(Instant now) {
    return nextProbe == null || !now.isBefore(nextProbe);
  }

  private static boolean works(Verdict verdict) {
    return verdict instanceof Delivered || verdict instanceof Refused;
  }

  private static String detail(Verdict verdict) {
    if (verdict instanceof Transient failure) {
      return failure.reason();
    }
    return verdict instanceof Misconfigured misconfigured ? misconfigured.reason() : "";
  }
}
