package org.waybill.normalize.freeswitch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Facts.Fact;
import org.waybill.document.Quoted;
import org.waybill.document.Violation;

/** When a call started: the first of a document's places that holds a time says so. */
final class CallStart {
  private static final long MICROS = 1_000_000;

  /** As many digits as always fit into a long. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private CallStart() {}

  /** In seconds since 1970, as written; null, and told, when there is none. */
  static @Nullable Fact find(
      FreeSwitchDocument document, ChannelVariables variables, List<Violation> violations) {
    List<Fact> refused = new ArrayList<>();
    Fact start = variables.first("start_epoch").map(f -> seconds(f, 1, refused)).orElse(null);
    if (start == null) {
      start = variables.first("start_uepoch").map(f -> seconds(f, MICROS, refused)).orElse(null);
    }
    if (start == null) {
      start = oldest(document, refused);
    }
    if (start == null) {
      violations.add(refused.isEmpty() ? missing() : malformed(refused.get(0)));
    }
    return start;
  }

  private static @Nullable Fact oldest(FreeSwitchDocument document, List<Fact> refused) {
    List<Callflow> callflows = document.callflows();
    if (callflows.isEmpty()) {
      return null;
    }
    String created = callflows.get(callflows.size() - 1).times().getOrDefault("created_time", "");
    return created.isBlank()
        ? null
        : seconds(new Fact("times/created_time", created, 0, 0), MICROS, refused);
  }

  /** Null when it is no number, or 0: FreeSWITCH writes that for what never happened. */
  private static @Nullable Fact seconds(Fact fact, long unit, List<Fact> refused) {
    String text = fact.value().strip();
    if (!NUMBER.matcher(text).matches()) {
      refused.add(fact);
      return null;
    }
    long value = Long.parseLong(text);
    return value == 0
        ? null
        : new Fact("StartEpoch", Long.toString(value / unit), fact.line(), fact.column());
  }

  private static Violation malformed(Fact fact) {
    return fact.violation(
        fact.name() + " must be a whole number, but is " + Quoted.of(fact.value()) + ".");
  }

  private static Violation missing() {
    return new Violation(
        0,
        0,
        "The document does not say when the call started: it has neither start_epoch, nor"
            + " start_uepoch, nor the created_time of a callflow.");
  }
}
