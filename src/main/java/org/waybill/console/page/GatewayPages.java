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
import java.time.Clock;
import java.util.List;
import org.waybill.access.Role;
import org.waybill.console.GatewayResource;
import org.waybill.console.Parameters;
import org.waybill.platform.ProblemException;
import org.waybill.report.CircuitChange;
import org.waybill.report.CircuitHistory;
import org.waybill.report.GatewayAnswers;
import org.waybill.report.QueueStandings;
import org.waybill.task.Gateway;
import org.waybill.task.Gateways;

/** Where deliveries go, and how each of them stands. */
@Dependent
@Path("/gateways")
@Produces(Page.HTML)
@RolesAllowed(Role.READER)
public class GatewayPages {
  private final Gateways gateways;
  private final QueueStandings queues;
  private final GatewayAnswers answers;
  private final CircuitHistory history;
  private final GatewayResource calls;
  private final Clock clock;

  @Inject
  public GatewayPages(
      Gateways gateways,
      QueueStandings queues,
      GatewayAnswers answers,
      CircuitHistory history,
      GatewayResource calls,
      Clock clock) {
    this.gateways = gateways;
    this.queues = queues;
    this.answers = answers;
    this.history = history;
    this.calls = calls;
    this.clock = clock;
  }

  @GET
  public Response list(@Context UriInfo uri, @Context HttpServletRequest request) {
    new Parameters(uri).done();
    Frame frame = Frame.of(request, Section.GATEWAYS, "Gateways");
    GatewayAnswers.All lately = answers.now();
    List<GatewayView> views = gateways.all().stream().map(one -> view(one, lately)).toList();
    return Page.of(
        frame, (output, forms) -> JtegatewaysGenerated.render(output, forms, frame, views));
  }

  /** One of them, with what its circuit did. */
  @GET
  @Path("{id: [0-9]{1,9}}")
  public Response find(
      @PathParam("id") int id, @Context UriInfo uri, @Context HttpServletRequest request) {
    Gateway gateway =
        gateways
            .find(id)
            .orElseThrow(() -> new ProblemException(404, "There is no gateway " + id + "."));
    GatewayView view = view(gateway, answers.now());
    Frame frame = Frame.of(request, Section.GATEWAYS, view.title());
    Listing<CircuitChange> list = listing(id, uri);
    return Page.of(
        list.status(),
        frame,
        (output, forms) -> JtegatewayGenerated.render(output, forms, frame, view, list));
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.ADMIN)
  public Response add(MultivaluedMap<String, String> fields, @Context SecurityContext security) {
    Act act = Act.ofResponse(() -> calls.add(body(fields), security));
    return Page.to("/gateways", act.notice("The gateway is added."));
  }

  @POST
  @Path("{id: [0-9]{1,9}}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.ADMIN)
  public Response update(
      @PathParam("id") int id,
      MultivaluedMap<String, String> fields,
      @Context SecurityContext security) {
    Act act = Act.of(() -> calls.update(id, body(fields), security));
    return Page.to(
        "/gateways/" + id, act.notice("It is changed; nodes send by it within a second."));
  }

  @POST
  @Path("{id: [0-9]{1,9}}/pause")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response pause(
      @PathParam("id") int id,
      MultivaluedMap<String, String> fields,
      @Context SecurityContext security) {
    Act act = Act.of(() -> calls.pause(id, security));
    return Page.to(back(fields), act.notice("Gateway " + id + " is paused."));
  }

  @POST
  @Path("{id: [0-9]{1,9}}/resume")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response resume(
      @PathParam("id") int id,
      MultivaluedMap<String, String> fields,
      @Context SecurityContext security) {
    Act act = Act.of(() -> calls.resume(id, security));
    return Page.to(back(fields), act.notice("Gateway " + id + " goes on."));
  }

  @POST
  @Path("{id: [0-9]{1,9}}/probe")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response probe(
      @PathParam("id") int id,
      MultivaluedMap<String, String> fields,
      @Context SecurityContext security) {
    Act act = Act.of(() -> calls.probe(id, security));
    String done = "The next delivery goes to gateway " + id + " as a probe.";
    return Page.to(back(fields), act.notice(done));
  }

  private GatewayView view(Gateway gateway, GatewayAnswers.All lately) {
    int id = gateway.id();
    return new GatewayView(gateway, queues.of(id), lately.of(id), clock.instant());
  }

  private Listing<CircuitChange> listing(int id, UriInfo uri) {
    Query query = Query.of(uri);
    Parameters parameters = new Parameters(uri);
    Long before = parameters.cursor(Long::valueOf);
    int limit = parameters.limit();
    if (!parameters.violations().isEmpty()) {
      return Listing.wrong(query, parameters.violations());
    }
    return Listing.of(query, history.list(id, before, limit + 1), limit, CircuitChange::id);
  }

  /** The page on which the button stood. */
  private static String back(MultivaluedMap<String, String> fields) {
    String from = new Form(fields).orEmpty("back");
    return from.matches("/gateways/[0-9]{1,9}") ? from : "/gateways";
  }

  private static String body(MultivaluedMap<String, String> fields) {
    return new Form(fields)
        .texts("kind", "name", "url", "authorization")
        .number("maxInFlight")
        .number("ratePerSecond")
        .number("rmOrgID")
        .flag("active")
        .json();
  }
}
