package org.waybill.normalize.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the events of a call say of it, all together.
 *
 * @param callId the platform's own, such as a SIP Call-ID
 * @param tenant whose it is, in the platform's words
 * @param parties null until it is known who called whom
 * @param start when it started, else the first moment that is known of it
 * @param answer null while nobody has answered
 * @param end null while it has not ended
 * @param timedOut whether it was given up to wait for its end
 */
public record LifecycleCall(
    String callId,
    @Nullable String tenant,
    @Nullable Parties parties,
    Instant start,
    @Nullable Instant answer,
    @Nullable End end,
    boolean timedOut,
    Findings findings) {
  /** Numbers up to this long are those of the house. */
  private static final int INTERNAL = 5;

  private static final Set<String> BUSY = Set.of("busy", "user_busy");
  private static final Set<String> FAILED = Set.of("failure", "network_failure");
  private static final String NORMAL = "normal_clearing";
  private static final String BY_US = "system_terminated";

  /** As SIP URIs, or whatever the platform writes instead. */
  public record Parties(String from, String to) {}

  /**
   * How it ended.
   *
   * @param reason in the platform's words
   */
  public record End(Instant at, @Nullable String reason) {}

  /**
   * What else is known, in the order of time.
   *
   * @param recordings their addresses
   * @param transfers to whom it was transferred, as URIs or numbers
   */
  public record Findings(
      @Nullable String userId,
      @Nullable String contactId,
      List<String> recordings,
      List<String> transfers) {
    public Findings {
      recordings = List.copyOf(recordings);
      transfers = List.copyOf(transfers);
    }
  }

  /** How far it has got. */
  public enum Status {
    STARTED,
    ANSWERED,
    COMPLETED,
    TIMED_OUT
  }

  public Status status() {
    if (end != null) {
      return Status.COMPLETED;
    }
    if (timedOut) {
      return Status.TIMED_OUT;
    }
    return answer == null ? Status.STARTED : Status.ANSWERED;
  }

  public @Nullable String callerNumber() {
    return parties == null ? null : SipNumber.of(parties.from(), "anonymous");
  }

  public @Nullable String calledNumber() {
    return parties == null ? null : SipNumber.of(parties.to(), "unknown");
  }

  public @Nullable String direction() {
    String caller = callerNumber();
    String called = calledNumber();
    if (caller == null || called == null) {
      return null;
    }
    boolean fromHere = caller.length() <= INTERNAL;
    boolean toHere = called.length() <= INTERNAL;
    if (fromHere) {
      return toHere ? "INTERNAL" : "OUTBOUND";
    }
    return "INBOUND";
  }

  /** Null while it goes on. */
  public @Nullable String disposition() {
    if (end == null && !timedOut) {
      return null;
    }
    String reason = reason();
    if (answer != null || reason.equals(BY_US) || (reason.equals(NORMAL) && seconds() > 0)) {
      return "ANSWERED";
    }
    if (BUSY.contains(reason)) {
      return "BUSY";
    }
    return FAILED.contains(reason) ? "FAILED" : "NO_ANSWER";
  }

  /** Who hung up; null while nobody has. */
  public @Nullable String hangupSource() {
    if (end == null) {
      return null;
    }
    return switch (reason()) {
      case NORMAL -> "CALLER";
      case BY_US -> "APP";
      default -> "UNKNOWN";
    };
  }

  /** Seconds from start to end; null where there is no end. */
  public @Nullable Long duration() {
    return end == null ? null : seconds();
  }

  /** Seconds from answer to end, 0 where nobody answered; null where there is no end. */
  public @Nullable Long billsec() {
    if (end == null) {
      return null;
    }
    return answer == null ? 0L : between(answer, end.at());
  }

  private String reason() {
    return end == null || end.reason() == null ? "" : end.reason().strip().toLowerCase(Locale.ROOT);
  }

  private long seconds() {
    return end == null ? 0 : between(start, end.at());
  }

  private static long between(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toSeconds());
  }
}
