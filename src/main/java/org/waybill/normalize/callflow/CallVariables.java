package org.waybill.normalize.callflow;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Variable;
import org.waybill.normalize.Repair;
import org.waybill.normalize.Variables;

/** The variables of a call, by the contract's table "The other sources". */
final class CallVariables {
  private CallVariables() {}

  /**
   * @param unended whether it was closed without an end
   * @param repairs takes those that are made here
   */
  static List<Variable> of(FlowCall call, boolean unended, ZoneId zone, List<Repair> repairs) {
    Variables variables = new Variables(repairs);
    CallItem item = call.call();
    variables.add("call_id", Long.toString(item.id()));
    variables.addIfAbsent("call_direction", item.type());
    variables.addIfAbsent("caller_id_number", item.caller());
    variables.addIfAbsent("destination_number", item.callee());
    variables.addIfAbsent("scenario_id", item.scenario());
    variables.addIfAbsent("media_record_id", item.mediaRecord());
    variables.addIfAbsent("operator_id", text(call.operatorId()));
    variables.addIfAbsent("operator_name", call.operatorName());
    variables.addIfAbsent("call_result", call.result());
    variables.add("number_of_connections", Integer.toString(call.connections().size()));
    variables.add("number_of_events", Integer.toString(call.events().size()));
    addTimes(call, zone, variables);
    if (unended) {
      variables.add("call_state", "timed_out");
    }
    item.context().forEach((name, value) -> variables.addIfAbsent("context_" + name, value));
    return variables.all();
  }

  /** Without an end nobody knows how long it was; without an answer it was answered for no time. */
  private static void addTimes(FlowCall call, ZoneId zone, Variables variables) {
    Instant start = call.call().start().in(zone);
    Optional<Instant> answer = call.answer(zone);
    Optional<Instant> end = call.end(zone);
    end.ifPresent(last -> variables.add("duration", seconds(start, last)));
    if (answer.isEmpty()) {
      variables.add("billsec", "0");
    } else {
      end.ifPresent(last -> variables.add("billsec", seconds(answer.get(), last)));
      variables.add("answer_epoch", epoch(answer.get()));
    }
    end.ifPresent(last -> variables.add("end_epoch", epoch(last)));
  }

  /** Two clocks may differ; nothing takes less than no time. */
  private static String seconds(Instant from, Instant to) {
    return Long.toString(Math.max(0, Duration.between(from, to).toSeconds()));
  }

  private static String epoch(Instant moment) {
    return Long.toString(moment.getEpochSecond());
  }

  private static @Nullable String text(@Nullable Long number) {
    return number == null ? null : number.toString();
  }
}
