package org.waybill.console;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.waybill.collect.RejectedFilter;
import org.waybill.collect.RejectedState;
import org.waybill.collect.RejectionReason;

/** Reads which rejected documents are asked for, in a query or in the filter of a body. */
public final class RejectedQuery {
  private static final Set<String> REASONS =
      Arrays.stream(RejectionReason.values()).map(Enum::name).collect(Collectors.toSet());
  private static final Set<String> STATES =
      Arrays.stream(RejectedState.values()).map(RejectedState::word).collect(Collectors.toSet());

  private RejectedQuery() {}

  public static RejectedFilter any(Parameters parameters) {
    return filter(parameters, STATES);
  }

  /** Those that can still be acted upon. */
  static RejectedFilter open(Parameters parameters) {
    return filter(parameters, Set.of(RejectedState.OPEN.word()));
  }

  private static RejectedFilter filter(Parameters parameters, Set<String> states) {
    return new RejectedFilter(
        parameters.word("reason", REASONS, RejectionReason::valueOf),
        parameters.text("source"),
        parameters.number("orgId", 1),
        parameters.word("state", states, word -> state(word, states)),
        parameters.instant("from"),
        parameters.instant("to"),
        parameters.text("cause"));
  }

  private static RejectedState state(String word, Set<String> states) {
    if (!states.contains(word)) {
      throw new IllegalArgumentException(word);
    }
    return RejectedState.ofWord(word);
  }
}
