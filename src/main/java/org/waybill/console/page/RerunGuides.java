package org.waybill.console.page;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.waybill.dispatch.BulkRerun;
import org.waybill.operation.NumberedOutcome;
import org.waybill.operation.Operation;
import org.waybill.operation.Operations;
import org.waybill.operation.OutcomeFilter;
import org.waybill.report.ErrorGroup;
import org.waybill.report.ErrorGroups;
import org.waybill.report.RerunBacklog;
import org.waybill.report.TaskStandings;
import org.waybill.task.Gateway;
import org.waybill.task.Gateways;

/** Makes guides: all that one holds stands in its address. */
@Dependent
class RerunGuides {
  /** The operation that re-ran a few. */
  static final String TRIED = "tried";

  /** The one that re-runs the rest. */
  static final String REST = "rest";

  /** Of a trial that was larger, these are shown. */
  private static final int MOST_TRIED = 100;

  private static final Map<String, String> LABELS =
      Map.of("orgId", "organization", "cdr", "of CDR", "errorGroup", "error group");

  private final Operations operations;
  private final TaskStandings standings;
  private final ErrorGroups groups;
  private final RerunBacklog backlog;
  private final Gateways gateways;

  @Inject
  RerunGuides(
      Operations operations,
      TaskStandings standings,
      ErrorGroups groups,
      RerunBacklog backlog,
      Gateways gateways) {
    this.operations = operations;
    this.standings = standings;
    this.groups = groups;
    this.backlog = backlog;
    this.gateways = gateways;
  }

  /** Which tasks a guide is about. */
  static Query filter(Query guide) {
    return guide.without(TRIED, REST);
  }

  /** Which they are in words, such as {@code failed; type SendEmail}. */
  static String words(Query filter) {
    Map<String, String> asked = filter.parameters();
    String state = asked.getOrDefault("state", "failed");
    return Stream.concat(
            Stream.of("cancelled".equals(state) ? "were cancelled" : "failed"),
            asked.entrySet().stream()
                .filter(one -> !one.getKey().equals("state"))
                .map(one -> LABELS.getOrDefault(one.getKey(), one.getKey()) + " " + one.getValue()))
        .collect(Collectors.joining(", "));
  }

  /**
   * @param count asks how many match
   */
  RerunGuide of(Query guide, Function<Query, Act> count) {
    Query filter = filter(guide);
    Operation tried = operation(guide.value(TRIED));
    Operation rest = operation(guide.value(REST));
    RerunGuide.Rest others = rest == null ? null : new RerunGuide.Rest(rest, waiting());
    return new RerunGuide(
        guide,
        others != null && others.isUnderWay() ? null : count.apply(filter),
        group(filter.value("errorGroup")),
        tried == null ? null : trial(tried),
        others);
  }

  private @Nullable Operation operation(@Nullable String id) {
    if (id == null || !id.matches("[0-9]{1,18}")) {
      return null;
    }
    return operations
        .find(Long.parseLong(id))
        .filter(one -> one.kind().equals(BulkRerun.NAME))
        .orElse(null);
  }

  private ErrorGroup.@Nullable Told group(@Nullable String fingerprint) {
    return fingerprint == null ? null : groups.find(fingerprint).orElse(null);
  }

  private RerunBacklog.Waiting waiting() {
    Collection<Integer> all =
        Stream.concat(Stream.of(0), gateways.all().stream().map(Gateway::id))
            .collect(Collectors.toSet());
    return backlog.of(all);
  }

  private Trial trial(Operation operation) {
    List<NumberedOutcome> outcomes =
        operations.outcomes(operation.id(), OutcomeFilter.ANY, null, MOST_TRIED);
    List<Long> ids = outcomes.stream().map(one -> Long.valueOf(one.outcome().item())).toList();
    Map<Long, TaskStandings.Standing> now = standings.of(ids);
    return new Trial(
        operation,
        outcomes.stream()
            .map(one -> new Trial.Tried(one.outcome(), now.get(Long.valueOf(one.outcome().item()))))
            .toList());
  }
}
