package org.waybill.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Role;

/** How values look to people. */
final class Show {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
  private static final int KILO = 1024;
  private static final String[] BYTES = {"KB", "MB", "GB", "TB"};

  private Show() {}

  static String utc(Instant at) {
    return UTC.format(at);
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String bytes(long bytes) {
    if (bytes < KILO) {
      return bytes + " B";
    }
    double size = bytes / (double) KILO;
    int unit = 0;
    while (size >= KILO && unit < BYTES.length - 1) {
      size /= KILO;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, BYTES[unit]);
  }

  /** Such as {@code 2 h 5 min}: the two largest units. */
  static String span(Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min" + (seconds < 600 ? " " + seconds % 60 + " s" : "");
    }
    if (seconds < 86_400) {
      return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
    return seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
  }

  static String age(@Nullable Instant at, Instant now) {
    return at == null ? "–" : span(Duration.between(at, now));
  }

  /** Of a call: minutes and seconds, as telephone bills have it. */
  static String talk(@Nullable Integer seconds) {
    return seconds == null
        ? "–"
        : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }

  /** Of many calls: hours, minutes and seconds. */
  static String hours(long seconds) {
    return String.format(
        Locale.ROOT, "%,d:%02d:%02d", seconds / 3600, seconds % 3600 / 60, seconds % 60);
  }

  static String millis(int millis) {
    return millis < 10_000 ? number(millis) + " ms" : span(Duration.ofMillis(millis));
  }

  static String orDash(@Nullable Object value) {
    return value == null || value.toString().isEmpty() ? "–" : value.toString();
  }

  static String percent(long part, long whole) {
    return whole == 0 ? "–" : String.format(Locale.ROOT, "%.0f %%", 100.0 * part / whole);
  }

  /** A ratio from 0 to 1. */
  static String share(double ratio) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * ratio);
  }

  static String joined(Collection<?> values) {
    return values.isEmpty()
        ? "–"
        : values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  static String count(long count, String one, String many) {
    return number(count) + " " + (count == 1 ? one : many);
  }

  /** Words of ours that are no words: {@code HALF_OPEN} is half open. */
  static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The class of a chip: how a state is meant, whatever it is a state of. */
  static String mood(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "done", "delivered", "closed", "accepted", "active", "sends", "up" -> "good";
      case "pending", "waiting", "retry", "half_open", "paused", "misconfigured" -> "wait";
      case "failed", "open", "invalid", "silent", "down" -> "bad";
      case "running", "rejected" -> "busy";
      default -> "";
    };
  }

  /** The highest role, which includes the others. */
  static String rank(Frame frame) {
    return frame.may(Role.ADMIN)
        ? Role.ADMIN
        : frame.may(Role.OPERATOR) ? Role.OPERATOR : Role.READER;
  }
}
