package org.waybill.normalize.smdr;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Variable;
import org.waybill.document.Violation;

/**
 * The segments of one call of an IP Office, a line each: all but the last announce another one.
 * Where they differ, a variable comes once for each of them.
 */
final class IpOfficeLayout implements Layout {
  /** Said in other words, or without a meaning once the segments are together. */
  private static final Set<String> NOT_KEPT =
      Set.of("call_start", "connected_time", "direction", "continuation", "call_id");

  @Override
  public boolean isDated() {
    return true;
  }

  @Override
  public @Nullable CallLine read(String text, List<Violation> violations) {
    List<IpOfficeSegment> segments = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      IpOfficeSegment segment = IpOfficeSegment.parse(line, ++number, violations);
      if (segment != null) {
        segments.add(segment);
      }
    }
    if (violations.isEmpty()) {
      checkTogether(segments, violations);
    }
    return violations.isEmpty() ? call(segments) : null;
  }

  private static void checkTogether(List<IpOfficeSegment> segments, List<Violation> violations) {
    int last = segments.size() - 1;
    for (int i = 0; i <= last; i++) {
      if (!segments.get(i).call().equals(segments.get(0).call())) {
        violations.add(
            new Violation(
                i + 1,
                1,
                "This line is of another call than the first; send each call by itself."));
      } else if (i < last && !segments.get(i).announcesAnother()) {
        violations.add(
            new Violation(i + 1, 1, "This line says that it is the call's last, but is not."));
      }
    }
    if (violations.isEmpty() && segments.get(last).announcesAnother()) {
      violations.add(
          new Violation(
              last + 1,
              1,
              "This line announces another one of its call, which has not come; if it never will,"
                  + " set the 11th field, continuation, to 0 and resubmit."));
    }
  }

  private static CallLine call(List<IpOfficeSegment> segments) {
    IpOfficeSegment first = segments.get(0);
    LocalDateTime start = Objects.requireNonNull(first.start());
    int connected = segments.stream().mapToInt(IpOfficeSegment::connected).sum();
    int total = segments.stream().mapToInt(IpOfficeSegment::total).sum();
    List<Variable> variables = new ArrayList<>();
    add(variables, "caller_id_number", first.value("caller"));
    add(variables, "destination_number", first.value("called_number"));
    add(variables, "call_direction", direction(first));
    add(variables, "hangup_cause", connected > 0 ? "NORMAL_CLEARING" : "");
    add(variables, "duration", Integer.toString(total));
    add(variables, "billsec", Integer.toString(connected));
    add(variables, "call_id", first.value("call_id"));
    add(variables, "segments", Integer.toString(segments.size()));
    for (String name : IpOfficeSegment.NAMES) {
      if (!NOT_KEPT.contains(name)) {
        addOfAll(variables, name, segments);
      }
    }
    return new CallLine(start.toLocalDate(), start.toLocalTime(), false, total, variables);
  }

  private static void addOfAll(
      List<Variable> variables, String name, List<IpOfficeSegment> segments) {
    List<String> values = segments.stream().map(segment -> segment.value(name)).toList();
    if (values.stream().distinct().count() == 1) {
      add(variables, name, values.get(0));
    } else {
      values.forEach(value -> variables.add(new Variable(name, value)));
    }
  }

  /** Calls within the system are outgoing, too. */
  private static String direction(IpOfficeSegment first) {
    if (first.value("is_internal").equals("1")) {
      return "internal";
    }
    return switch (first.value("direction")) {
      case "I" -> "inbound";
      case "O" -> "outbound";
      default -> "";
    };
  }

  private static void add(List<Variable> variables, String name, String value) {
    if (!value.isEmpty()) {
      variables.add(new Variable(name, value));
    }
  }
}
