package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.waybill.access.Audit;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.dispatch.Probes;
import org.waybill.platform.ProblemException;
import org.waybill.report.CircuitChange;
import org.waybill.report.CircuitHistory;
import org.waybill.report.GatewayAnswers;
import org.waybill.report.QueueStandings;
import org.waybill.task.Gateway;
import org.waybill.task.Gateways;
import org.waybill.task.NewGateway;

/** Where deliveries go, and how each of them stands. */
@Dependent
@Path("/api/gateways")
@Produces(MediaType.APPLICATION_JSON)
public class GatewayResource {
  private final Gateways gateways;
  private final QueueStandings queues;
  private final GatewayAnswers answers;
  private final CircuitHistory history;
  private final Probes probes;

  @Inject
  public GatewayResource(
      Gateways gateways,
      QueueStandings queues,
      GatewayAnswers answers,
      CircuitHistory history,
      Probes probes) {
    this.gateways = gateways;
    this.queues = queues;
    this.answers = answers;
    this.history = history;
    this.probes = probes;
  }

  @GET
  @RolesAllowed(Role.READER)
  public String list(@Context UriInfo uri) {
    new Parameters(uri).done();
    GatewayAnswers.All lately = answers.now();
    return JsonMembers.list(gateways.all(), gateway -> json(gateway, lately));
  }

  @GET
  @Path("{id: [0-9]{1,9}}")
  @RolesAllowed(Role.READER)
  public String find(@PathParam("id") int id) {
    return json(known(id)).toString();
  }

  /** What its circuit did, the newest first. */
  @GET
  @Path("{id: [0-9]{1,9}}/circuit")
  @RolesAllowed(Role.READER)
  public String circuit(@PathParam("id") int id, @Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    Long before = parameters.cursor(Long::valueOf);
    int limit = parameters.limit();
    parameters.done();
    List<CircuitChange> found = history.list(known(id).id(), before, limit + 1);
    return JsonMembers.page(found, limit, CircuitChange::id, GatewayBody::json);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.ADMIN)
  public Response add(String text, @Context SecurityContext security) {
    JsonBody body = JsonBody.read(text);
    NewGateway values = GatewayBody.read(body, null);
    boolean active = body.flag("active", true);
    body.done();
    Gateway gateway =
        gateways.add(GatewayBody.whole(values), active, line(security, "gateway.add"));
    return Response.created(URI.create("/api/gateways/" + gateway.id()))
        .entity(json(gateway).toString())
        .build();
  }

  /** Replaces everything; only name and credentials stay when they are left out. */
  @PUT
  @Path("{id: [0-9]{1,9}}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.ADMIN)
  public String update(@PathParam("id") int id, String text, @Context SecurityContext security) {
    Gateway before = known(id);
    JsonBody body = JsonBody.read(text);
    NewGateway values = GatewayBody.read(body, before);
    Boolean active = body.optionalFlag("active");
    body.done();
    Gateway gateway =
        gateways.update(id, GatewayBody.whole(values), active, line(security, "gateway.update"));
    return json(gateway).toString();
  }

  /** It gets no new deliveries; its history stays. */
  @DELETE
  @Path("{id: [0-9]{1,9}}")
  @RolesAllowed(Role.ADMIN)
  public String deactivate(@PathParam("id") int id, @Context SecurityContext security) {
    known(id);
    return json(gateways.deactivate(id, line(security, "gateway.deactivate"))).toString();
  }

  @POST
  @Path("{id: [0-9]{1,9}}/pause")
  @RolesAllowed(Role.OPERATOR)
  public String pause(@PathParam("id") int id, @Context SecurityContext security) {
    known(id);
    return json(gateways.pause(id, line(security, "gateway.pause"))).toString();
  }

  @POST
  @Path("{id: [0-9]{1,9}}/resume")
  @RolesAllowed(Role.OPERATOR)
  public String resume(@PathParam("id") int id, @Context SecurityContext security) {
    known(id);
    return json(gateways.resume(id, line(security, "gateway.resume"))).toString();
  }

  /** Asks for the next probe of an open circuit at once. */
  @POST
  @Path("{id: [0-9]{1,9}}/probe")
  @RolesAllowed(Role.OPERATOR)
  public String probe(@PathParam("id") int id, @Context SecurityContext security) {
    Gateway gateway = known(id);
    if (!gateway.active() || gateway.paused()) {
      String state = gateway.active() ? "paused" : "deactivated";
      throw new ProblemException(
          409, "Gateway " + id + " is " + state + "; nothing is sent to it until that ends.");
    }
    if (!probes.ask(id, line(security, "gateway.probe"))) {
      throw new ProblemException(
          409, "The circuit of gateway " + id + " is closed; it is sent to without a probe.");
    }
    return json(known(id)).toString();
  }

  private static Function<Gateway, Audit.Entry> line(SecurityContext security, String action) {
    String who = Caller.of(security.getUserPrincipal()).name();
    return gateway ->
        new Audit.Entry(
            who,
            action,
            "gateway " + gateway.id(),
            null,
            GatewayBody.json(gateway).build().toString());
  }

  private JsonObject json(Gateway gateway) {
    return json(gateway, answers.now());
  }

  private JsonObject json(Gateway gateway, GatewayAnswers.All lately) {
    return GatewayBody.json(gateway, queues.of(gateway.id()), lately.of(gateway.id()));
  }

  private Gateway known(int id) {
    return gateways
        .find(id)
        .orElseThrow(() -> new ProblemException(404, "There is no gateway " + id + "."));
  }
}
