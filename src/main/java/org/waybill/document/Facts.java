package org.waybill.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules beyond the schema look at. Of a document in that schema a place is known only in
 * the second reading.
 *
 * @param variables those that steer dispatch
 */
public record Facts(
    @Nullable Fact startEpoch,
    @Nullable Fact tableSuffix,
    List<Fact> variables,
    List<TaskFacts> tasks) {

  /** A value and where it stands; line and column as in {@link Violation}. */
  public record Fact(String name, String value, int line, int column) {
    public Violation violation(String message) {
      return new Violation(line, column, message);
    }
  }

  /**
   * @param fields those that steer dispatch
   */
  public record TaskFacts(Fact type, List<Fact> fields) {}

  static Facts of(CdrContent content) {
    List<TaskFacts> tasks = new ArrayList<>();
    for (TaskContent task : content.tasks()) {
      tasks.add(new TaskFacts(new Fact("type", task.type(), 0, 0), steering(task.fields())));
    }
    return new Facts(
        new Fact("StartEpoch", Long.toString(content.startEpoch()), 0, 0),
        new Fact("TableSuffix", content.tableSuffix(), 0, 0),
        steering(content.variables()),
        tasks);
  }

  private static List<Fact> steering(List<FreeElement> elements) {
    List<Fact> facts = new ArrayList<>();
    for (FreeElement element : elements) {
      if (DispatchFields.steers(element.name())) {
        facts.add(new Fact(element.name(), element.value(), 0, 0));
      }
    }
    return facts;
  }
}
