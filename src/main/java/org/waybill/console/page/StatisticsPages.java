package org.waybill.console.page;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Organizations;
import org.waybill.access.Role;
import org.waybill.console.AuditResource;
import org.waybill.console.Parameters;
import org.waybill.console.StatisticsResource;
import org.waybill.platform.Problem;
import org.waybill.platform.ProblemException;
import org.waybill.report.CallFigures;
import org.waybill.report.CallPlace;
import org.waybill.report.CallQuestion;
import org.waybill.report.CallStatistics;
import org.waybill.report.TaskFigures;
import org.waybill.report.TaskStatistics;

/** How many calls and tasks there were, and the books that prove it. */
@Dependent
@Path("/statistics")
@Produces(Page.HTML)
@RolesAllowed(Role.READER)
public class StatisticsPages {
  /** More days than the usual retention keeps. */
  private static final int GROUPS = 500;

  private final CallStatistics calls;
  private final TaskStatistics tasks;
  private final AuditResource books;
  private final Organizations organizations;
  private final Clock clock;

  @Inject
  public StatisticsPages(
      CallStatistics calls,
      TaskStatistics tasks,
      AuditResource books,
      Organizations organizations,
      Clock clock) {
    this.calls = calls;
    this.tasks = tasks;
    this.books = books;
    this.organizations = organizations;
    this.clock = clock;
  }

  @GET
  public Response calls(@Context UriInfo uri, @Context HttpServletRequest request) {
    Frame frame = Frame.of(request, Section.STATISTICS, "Statistics");
    CallStatisticsView view = view(Query.of(uri), new Parameters(uri));
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return Page.of(
        view.list().status(),
        frame,
        (output, forms) -> JtestatisticsGenerated.render(output, forms, frame, view, today));
  }

  CallStatisticsView view(Query query, Parameters parameters) {
    CallQuestion question = StatisticsResource.question(parameters);
    CallPlace after = parameters.cursor(text -> StatisticsResource.place(text, question.by()));
    int limit = parameters.limit(GROUPS, GROUPS);
    boolean now = Boolean.TRUE.equals(parameters.flag(CallStatisticsView.NOW)) || query.goesOn();
    if (!parameters.violations().isEmpty()) {
      Listing<CallFigures> wrong = Listing.wrong(query, parameters.violations());
      return new CallStatisticsView(wrong, question, null, organizations.all());
    }
    if (question.by().isOfNumbers() && !now) {
      Listing<CallFigures> none = new Listing<>(query, List.of(), null, List.of());
      return new CallStatisticsView(none, question, null, organizations.all());
    }
    return counted(query, question, after, limit);
  }

  private CallStatisticsView counted(
      Query query, CallQuestion question, @Nullable CallPlace after, int limit) {
    CallStatistics.Answer answer;
    try {
      answer = calls.ask(question, after, limit + 1);
    } catch (ProblemException tooMany) {
      Problem.Violation less = new Problem.Violation("from", tooMany.problem().detail());
      return new CallStatisticsView(
          Listing.wrong(query, List.of(less)), question, null, organizations.all());
    }
    Listing<CallFigures> list =
        Listing.of(
            query, answer.groups(), limit, last -> new CallPlace(last.calls(), last.value()));
    return new CallStatisticsView(list, question, answer.total(), organizations.all());
  }

  @GET
  @Path("tasks")
  public Response tasks(@Context UriInfo uri, @Context HttpServletRequest request) {
    Frame frame = Frame.of(request, Section.STATISTICS, "Statistics of tasks");
    TaskStatisticsView view = taskView(Query.of(uri), new Parameters(uri));
    return Page.of(
        view.list().status(),
        frame,
        (output, forms) -> JtestatisticstasksGenerated.render(output, forms, frame, view));
  }

  private TaskStatisticsView taskView(Query query, Parameters parameters) {
    TaskStatistics.Question question = StatisticsResource.taskQuestion(parameters);
    Listing<TaskFigures> list =
        parameters.violations().isEmpty()
            ? new Listing<>(query, tasks.ask(question), null, List.of())
            : Listing.wrong(query, parameters.violations());
    return new TaskStatisticsView(list, question, organizations.all());
  }

  /** The ledger of a day. */
  @GET
  @Path("ledger")
  public Response ledger(@Context UriInfo uri, @Context HttpServletRequest request) {
    Frame frame = Frame.of(request, Section.STATISTICS, "Ledger");
    AuditResource.Asked asked = books.asked(uri);
    return Page.of(
        frame, (output, forms) -> JteledgerGenerated.render(output, forms, frame, asked));
  }
}
