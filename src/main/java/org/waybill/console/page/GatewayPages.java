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
import java.time.Instant;
import java.util.List;
import org.waybill.access.Role;
import org.waybill.console.GatewayResource;
import org.waybill.console.Parameters;
import org.waybill.report.QueueStandings;
import org.waybill.task.Gateways;

/** Where deliveries go, and how each of them stands. */
@Dependent
@Path("/gateways")
@Produces(Page.HTML)
@RolesAllowed(Role.READER)
public class GatewayPages {
  private final Gateways gateways;
  private final QueueStandings queues;
  private final GatewayPulse pulse;
  private final GatewayResource calls;
  private final Clock clock;

  @Inject
  public GatewayPages(
      Gateways gateways,
      QueueStandings queues,
      GatewayPulse pulse,
      GatewayResource calls,
      Clock clock) {
    this.gateways = gateways;
    this.queues = queues;
    this.pulse = pulse;
    this.calls = calls;
    this.clock = clock;
  }

  @GET
  public Response list(@Context UriInfo uri, @Context HttpServletRequest request) {
    new Parameters(uri).done();
    Frame frame = Frame.of(request, Section.GATEWAYS, "Gateways");
    Instant now = clock.instant();
    List<GatewayView> views =
        gateways.all().stream()
            .map(one -> new GatewayView(one, queues.of(one.id()), pulse.of(one.id()), now))
            .toList();
    return Page.of(
        frame, (output, forms) -> JtegatewaysGenerated.render(output, forms, frame, views));
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
    return Page.to("/gateways", act.notice("Gateway " + id + " is changed."));
  }

  @POST
  @Path("{id: [0-9]{1,9}}/pause")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response pause(@PathParam("id") int id, @Context SecurityContext security) {
    Act act = Act.of(() -> calls.pause(id, security));
    return Page.to("/gateways", act.notice("Gateway " + id + " is paused."));
  }

  @POST
  @Path("{id: [0-9]{1,9}}/resume")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response resume(@PathParam("id") int id, @Context SecurityContext security) {
    Act act = Act.of(() -> calls.resume(id, security));
    return Page.to("/gateways", act.notice("Gateway " + id + " goes on."));
  }

  private static String body(MultivaluedMap<String, String> fields) {
    return new Form(fields)
        .texts("kind", "url", "authorization")
        .number("maxInFlight")
        .number("ratePerSecond")
        .number("rmOrgID")
        .flag("active")
        .json();
  }
}
