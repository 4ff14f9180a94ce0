package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Role;
import org.waybill.report.CallFigures;
import org.waybill.report.CallGroup;
import org.waybill.report.CallPlace;
import org.waybill.report.CallQuestion;
import org.waybill.report.CallStatistics;
import org.waybill.report.TaskFigures;
import org.waybill.report.TaskGroup;
import org.waybill.report.TaskStatistics;

/** How many calls and tasks there were. */
@Dependent
@Path("/api/stats")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.READER)
public class StatisticsResource {
  /** More hours than the longest usual retention has. */
  private static final int MOST_GROUPS = 10_000;

  private final CallStatistics calls;
  private final TaskStatistics tasks;

  @Inject
  public StatisticsResource(CallStatistics calls, TaskStatistics tasks) {
    this.calls = calls;
    this.tasks = tasks;
  }

  @GET
  @Path("calls")
  public String calls(@Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    CallQuestion question = question(parameters);
    CallPlace after = parameters.cursor(text -> place(text, question.by()));
    int limit = parameters.limit(MOST_GROUPS, MOST_GROUPS);
    parameters.done();
    CallStatistics.Answer answer = calls.ask(question, after, limit + 1);
    List<CallFigures> groups = answer.groups();
    CallFigures last = groups.size() > limit ? groups.get(limit - 1) : null;
    return new JsonMembers()
        .addAll(
            "items", groups.subList(0, Math.min(limit, groups.size())), StatisticsResource::item)
        .add("total", figures(answer.total()).build())
        .add("next", last == null ? null : new CallPlace(last.calls(), last.value()).toString())
        .build()
        .toString();
  }

  @GET
  @Path("tasks")
  public String tasks(@Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    TaskStatistics.Question question = taskQuestion(parameters);
    parameters.done();
    return JsonMembers.list(tasks.ask(question), StatisticsResource::item);
  }

  /** Reads which calls are asked for, and by what; a page of them takes the same parameters. */
  public static CallQuestion question(Parameters parameters) {
    return new CallQuestion(
        parameters.instant("from"),
        parameters.instant("to"),
        parameters.number("orgId", 1),
        orElse(parameters.word("groupBy", CallGroup.words(), CallGroup::ofWord), CallGroup.DAY));
  }

  /** The same for tasks. */
  public static TaskStatistics.Question taskQuestion(Parameters parameters) {
    return new TaskStatistics.Question(
        parameters.day("from"),
        parameters.day("to"),
        parameters.number("orgId", 1),
        parameters.text("type"),
        orElse(parameters.word("groupBy", TaskGroup.words(), TaskGroup::ofWord), TaskGroup.STATE));
  }

  private static JsonObject item(CallFigures figures) {
    return figures(figures).build();
  }

  private static JsonMembers figures(CallFigures figures) {
    JsonMembers json =
        new JsonMembers()
            .add("group", figures.group())
            .add("calls", figures.calls())
            .add("answered", figures.answered())
            .add("totalSeconds", figures.seconds())
            .add("asr", figures.asr())
            .add("acd", figures.acd())
            .add("ner", figures.ner());
    if (figures.by() == CallGroup.OPERATOR) {
      json.add("call_count", figures.calls())
          .add("avg_call_duration_seconds", figures.secondsPerCall());
    }
    return json;
  }

  private static JsonObject item(TaskFigures figures) {
    return new JsonMembers()
        .add("group", figures.group())
        .add("tasks", figures.tasks())
        .add("pending", figures.pending())
        .add("done", figures.done())
        .add("failed", figures.failed())
        .add("cancelled", figures.cancelled())
        .build();
  }

  /**
   * Reads where a page goes on.
   *
   * @throws IllegalArgumentException when it is none of such a group's places
   */
  public static CallPlace place(String text, CallGroup by) {
    CallPlace place = CallPlace.parse(text);
    by.check(place.value());
    return place;
  }

  private static <T> T orElse(@Nullable T given, T otherwise) {
    return Objects.requireNonNullElse(given, otherwise);
  }
}
