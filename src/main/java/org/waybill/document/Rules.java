package org.waybill.document;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.document.Facts.Fact;
import org.waybill.document.Facts.TaskFacts;

/** What a CDR must keep to beyond what a schema can say, from whatever source it came. */
public final class Rules {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);
  private static final long FIRST_EPOCH = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

  /** With {@link DispatchFields#MAX_ITEMS} bounds how much work one document can ask for. */
  private static final int MAX_TASKS = 1_000;

  private static final long MILLIS = 1_000;
  private static final long MICROS = 1_000_000;

  private final Clock clock;

  public Rules(Clock clock) {
    this.clock = clock;
  }

  /** All that the facts break, in the order of their places. */
  public List<Violation> broken(Facts facts) {
    Violations violations = new Violations();
    check(facts, violations);
    return violations.told();
  }

  /** Tells all that the facts break. Facts that the schema has refused already are passed over. */
  void check(Facts facts, Violations violations) {
    LocalDate start = checkStart(facts.startEpoch(), violations);
    checkDay(facts.tableSuffix(), start, violations);
    checkNumberOfTasks(facts.tasks(), violations);
    checkDispatch(facts, violations);
  }

  /** Returns the UTC day of the start, where the start is credible. */
  private @Nullable LocalDate checkStart(@Nullable Fact fact, Violations violations) {
    Long epoch = fact == null ? null : wholeNumber(fact.value());
    if (fact == null || epoch == null) {
      return null;
    }
    long latest = clock.instant().plus(Duration.ofDays(1)).getEpochSecond();
    if (epoch < FIRST_EPOCH) {
      violations.add(
          fact.violation(
              "StartEpoch must be 946684800 (2000-01-01) or later, but is " + epoch + "."));
    } else if (epoch > latest) {
      violations.add(
          fact.violation(
              "StartEpoch must be at most a day ahead of the present, but is "
                  + epoch
                  + unitHint(epoch, latest)
                  + "."));
    } else {
      return LocalDate.ofInstant(Instant.ofEpochSecond(epoch), ZoneOffset.UTC);
    }
    return null;
  }

  private static String unitHint(long epoch, long latest) {
    if (credible(epoch / MILLIS, latest)) {
      return ", which looks like milliseconds; it must be in seconds";
    }
    if (credible(epoch / MICROS, latest)) {
      return ", which looks like microseconds; it must be in seconds";
    }
    return "";
  }

  private static boolean credible(long epoch, long latest) {
    return epoch >= FIRST_EPOCH && epoch <= latest;
  }

  private static void checkDay(
      @Nullable Fact fact, @Nullable LocalDate start, Violations violations) {
    if (fact == null) {
      return;
    }
    try {
      LocalDate day = LocalDate.parse(fact.value(), DAY);
      if (start != null && Math.abs(ChronoUnit.DAYS.between(start, day)) > 1) {
        violations.add(
            fact.violation(
                "TableSuffix must be at most one day from the UTC day of StartEpoch, which is "
                    + DAY.format(start)
                    + ", but is '"
                    + fact.value()
                    + "'."));
      }
    } catch (DateTimeException e) {
      violations.add(
          fact.violation(
              "TableSuffix must be a day of the calendar, YYYYMMDD, but there is no day "
                  + Quoted.of(fact.value())
                  + "."));
    }
  }

  private static void checkNumberOfTasks(List<TaskFacts> tasks, Violations violations) {
    if (tasks.size() > MAX_TASKS) {
      violations.add(
          tasks
              .get(MAX_TASKS)
              .type()
              .violation("tasks may hold at most " + MAX_TASKS + " tasks, but this is one more."));
    }
  }

  /** A task's own field wins over the variable of the same name, which is then not looked at. */
  private static void checkDispatch(Facts facts, Violations violations) {
    Map<String, Integer> owners = new HashMap<>();
    int tasks = 0;
    for (TaskFacts task : facts.tasks()) {
      if (task.type().value().equals(DispatchFields.TASK_TYPE)) {
        tasks++;
        checkEach(task.fields(), violations).forEach(name -> owners.merge(name, 1, Integer::sum));
      } else {
        checkEach(onlyTaskPriority(task.fields()), violations);
      }
    }
    int all = tasks;
    checkEach(
        facts.variables().stream()
            .filter(variable -> owners.getOrDefault(variable.name(), 0) < all)
            .toList(),
        violations);
  }

  /** All that dispatch asks of a task of another type. */
  private static List<Fact> onlyTaskPriority(List<Fact> fields) {
    return fields.stream()
        .filter(field -> field.name().equals(DispatchFields.TASK_PRIORITY))
        .toList();
  }

  /** Returns the names that occur. */
  private static Set<String> checkEach(List<Fact> facts, Violations violations) {
    Set<String> names = new HashSet<>();
    Set<String> repeated = new HashSet<>();
    for (Fact fact : facts) {
      if (!names.add(fact.name()) && repeated.add(fact.name())) {
        violations.add(fact.violation(fact.name() + " may come only once, but comes again."));
      }
      checkValue(fact, violations);
    }
    return names;
  }

  private static void checkValue(Fact fact, Violations violations) {
    String name = fact.name();
    String value = fact.value();
    if (DispatchFields.isPriority(name) && !DispatchFields.isPriorityWord(value)) {
      violations.add(
          fact.violation(name + " must be low, medium or high, but is " + Quoted.of(value) + "."));
    } else if (DispatchFields.isItems(name) && !DispatchFields.isNumberOfItems(value)) {
      violations.add(
          fact.violation(
              name
                  + " must be a whole number from 0 to "
                  + DispatchFields.MAX_ITEMS
                  + ", but is "
                  + Quoted.of(value)
                  + "."));
    }
  }

  private static @Nullable Long wholeNumber(String value) {
    try {
      return Long.valueOf(value.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
