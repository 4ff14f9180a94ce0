package org.waybill.gateway;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The Retry-After header: seconds or an HTTP-date (RFC 9110, 10.2.3). */
final class RetryAfter {
  private RetryAfter() {}

  /** From 0 to an hour, or null when the header says nothing that can be understood. */
  static @Nullable Duration parse(String header, Instant now) {
    String text = header.strip();
    if (text.matches("\\d+")) {
      // More digits than an hour needs are an hour, however many: they must not overflow.
      return text.length() > 9
          ? RetrySchedule.LONGEST_RETRY_AFTER
          : RetrySchedule.clamped(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, until);
      return wait.isNegative() ? Duration.ZERO : RetrySchedule.clamped(wait);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
