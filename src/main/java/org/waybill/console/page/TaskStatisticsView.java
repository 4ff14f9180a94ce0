package org.waybill.console.page;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Organization;
import org.waybill.report.TaskFigures;
import org.waybill.report.TaskGroup;
import org.waybill.report.TaskStatistics;

/** Tasks by group, with the address of the list that has them where there is one. */
record TaskStatisticsView(
    Listing<TaskFigures> list, TaskStatistics.Question question, List<Organization> organizations) {

  /** In the order in which one asks. */
  static List<String> groups() {
    return List.of(TaskGroup.values()).stream().map(TaskGroup::word).toList();
  }

  String groupTitle() {
    return CallStatisticsView.TITLES.getOrDefault(question.by().word(), question.by().word());
  }

  /** Where the first column is a day: when that began. */
  @Nullable Long begins(TaskFigures figures) {
    return question.by() == TaskGroup.DAY
        ? LocalDate.parse(figures.group()).toEpochDay() * 86_400
        : null;
  }

  /**
   * The list of tasks knows neither times nor sources.
   *
   * @param state of them; null for all
   */
  @Nullable String tasks(TaskFigures figures, @Nullable String state) {
    TaskGroup by = question.by();
    boolean timed = question.from() != null || question.to() != null;
    if (timed || by == TaskGroup.DAY || by == TaskGroup.SOURCE) {
      return null;
    }
    Map<String, String> filter = new LinkedHashMap<>();
    if (question.rmOrgId() != null) {
      filter.put("orgId", question.rmOrgId().toString());
    }
    if (question.type() != null) {
      filter.put("type", question.type());
    }
    if (state != null) {
      filter.put("state", state);
    }
    filter.put(by == TaskGroup.ORG ? "orgId" : by.word(), figures.group());
    return new Query("/tasks", filter).first();
  }
}
