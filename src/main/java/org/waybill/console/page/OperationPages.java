package org.waybill.console.page;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.waybill.access.Role;
import org.waybill.console.OperationResource;
import org.waybill.console.Parameters;
import org.waybill.operation.NumberedOutcome;
import org.waybill.operation.Operation;
import org.waybill.operation.OperationState;
import org.waybill.operation.Operations;
import org.waybill.operation.OutcomeFilter;
import org.waybill.platform.ProblemException;

/** Long operator actions: how far they are, and what came of each item. */
@Dependent
@Path("/operations")
@Produces(Page.HTML)
@RolesAllowed(Role.READER)
public class OperationPages {
  private final Operations operations;
  private final OperationResource calls;

  @Inject
  public OperationPages(Operations operations, OperationResource calls) {
    this.operations = operations;
    this.calls = calls;
  }

  @GET
  public Response list(@Context UriInfo uri, @Context HttpServletRequest request) {
    Frame frame = Frame.of(request, Section.OPERATIONS, "Operations");
    Listing<Operation> list = listing(uri);
    return Page.of(
        list.status(),
        frame,
        (output, forms) -> JteoperationsGenerated.render(output, forms, frame, list));
  }

  @GET
  @Path("{id: [0-9]{1,18}}")
  public Response find(
      @PathParam("id") long id, @Context UriInfo uri, @Context HttpServletRequest request) {
    Operation operation =
        operations
            .find(id)
            .orElseThrow(() -> new ProblemException(404, "There is no operation " + id + "."));
    Frame frame = Frame.of(request, Section.OPERATIONS, "Operation " + id);
    Listing<NumberedOutcome> list = outcomes(id, uri);
    return Page.of(
        list.status(),
        frame,
        (output, forms) -> JteoperationGenerated.render(output, forms, frame, operation, list));
  }

  @POST
  @Path("{id: [0-9]{1,18}}/pause")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response pause(@PathParam("id") long id, @Context SecurityContext security) {
    Act act = Act.of(() -> calls.pause(id, security));
    return Page.to("/operations/" + id, act.notice("It is paused."));
  }

  @POST
  @Path("{id: [0-9]{1,18}}/resume")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response resume(@PathParam("id") long id, @Context SecurityContext security) {
    Act act = Act.of(() -> calls.resume(id, security));
    return Page.to("/operations/" + id, act.notice("It goes on."));
  }

  @POST
  @Path("{id: [0-9]{1,18}}/cancel")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response cancel(@PathParam("id") long id, @Context SecurityContext security) {
    Act act = Act.of(() -> calls.cancel(id, security));
    return Page.to("/operations/" + id, act.notice("It is cancelled; what was done stays done."));
  }

  @POST
  @Path("{id: [0-9]{1,18}}/rate")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response rate(
      @PathParam("id") long id,
      MultivaluedMap<String, String> fields,
      @Context SecurityContext security) {
    String body = new Form(fields).number("ratePerSecond").json();
    Act act = Act.of(() -> calls.rate(id, body, security));
    return Page.to("/operations/" + id, act.notice("It goes on at that rate."));
  }

  /** How quickly it goes now; a dash while it does not. */
  static String achieved(Operation operation) {
    Double rate = operation.achievedPerSecond();
    return rate == null ? "–" : String.format(Locale.ROOT, rate >= 10 ? "%,.0f" : "%.1f", rate);
  }

  /** How long it will take yet, if it goes on as it does now. */
  static String left(Operation operation) {
    Double rate = operation.achievedPerSecond();
    if (rate == null || rate <= 0) {
      return "unknown yet";
    }
    Integer limit = operation.limit();
    long all = limit == null ? operation.total() : Math.min(limit, operation.total());
    long rest = Math.max(0, all - operation.progress().processed());
    return "about " + Show.span(Duration.ofSeconds(Math.round(rest / rate)));
  }

  /** Where an item of it is shown. */
  static String item(Operation operation, String item) {
    String kind = operation.kind();
    String room =
        kind.startsWith("rejected.")
            ? "/rejected-cdrs/"
            : kind.startsWith("cdr") ? "/cdrs/" : "/tasks/";
    return room + item;
  }

  private Listing<Operation> listing(UriInfo uri) {
    Query query = Query.of(uri);
    Parameters parameters = new Parameters(uri);
    OperationState state = OperationResource.state(parameters);
    String kind = parameters.text("kind");
    Long before = parameters.cursor(Long::valueOf);
    int limit = parameters.limit();
    if (!parameters.violations().isEmpty()) {
      return Listing.wrong(query, parameters.violations());
    }
    List<Operation> found = operations.list(state, kind, before, limit + 1);
    return Listing.of(query, found, limit, Operation::id);
  }

  private Listing<NumberedOutcome> outcomes(long id, UriInfo uri) {
    Query query = Query.of(uri);
    Parameters parameters = new Parameters(uri);
    OutcomeFilter filter = OperationResource.outcome(parameters);
    Long after = parameters.cursor(Long::valueOf);
    int limit = parameters.limit();
    if (!parameters.violations().isEmpty()) {
      return Listing.wrong(query, parameters.violations());
    }
    List<NumberedOutcome> found = operations.outcomes(id, filter, after, limit + 1);
    return Listing.of(query, found, limit, NumberedOutcome::number);
  }
}
