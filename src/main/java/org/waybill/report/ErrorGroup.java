package org.waybill.report;

import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Failures that say the same but for the values in it.
 *
 * @param fingerprint what {@code errorGroup=} takes
 * @param failed tasks that failed, with this as their last failure
 * @param waiting tasks that are to be tried again, with this as their last failure
 * @param gateways those that gave it
 */
public record ErrorGroup(
    String fingerprint,
    long failed,
    long waiting,
    Instant first,
    Instant last,
    SortedSet<Integer> gateways) {

  /** Tasks hit that are not done. */
  public long count() {
    return failed + waiting;
  }

  /** Both, of the same group. */
  ErrorGroup and(ErrorGroup other) {
    SortedSet<Integer> all = new TreeSet<>(gateways);
    all.addAll(other.gateways);
    return new ErrorGroup(
        fingerprint,
        failed + other.failed,
        waiting + other.waiting,
        first.isBefore(other.first) ? first : other.first,
        last.isAfter(other.last) ? last : other.last,
        all);
  }

  /**
   * One of its failures.
   *
   * @param sentence with its values
   * @param head first characters of the answer
   */
  public record Sample(long task, @Nullable Integer status, String sentence, String head) {
    static final Sample NONE = new Sample(0, null, "", "");
  }

  /**
   * How often attempts failed so, oldest first; the last one is not over yet.
   *
   * @param minutes of the last hour
   * @param hours of the last day
   */
  public record Trend(List<Long> minutes, List<Long> hours) {}

  /**
   * A group with what is told of it.
   *
   * @param organizations whose tasks were hit, at most {@link ErrorGroups#MOST_ORGANIZATIONS}
   */
  public record Told(
      ErrorGroup group,
      Sample sample,
      SortedSet<String> taskTypes,
      SortedSet<Integer> organizations,
      Trend trend) {}
}
