package org.waybill.cdr;

/**
 * What some calls come to, by {@link Counted}; below 0 where they are to be taken away.
 *
 * @param seconds of the answered
 */
record CallCount(long calls, long answered, long seconds, long effective) {
  CallCount plus(CallCount more) {
    return new CallCount(
        calls + more.calls,
        answered + more.answered,
        seconds + more.seconds,
        effective + more.effective);
  }
}
