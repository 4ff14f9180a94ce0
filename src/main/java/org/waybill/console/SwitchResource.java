package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.collect.switches.Switches;
import org.waybill.collect.switches.WatchedSwitch;
import org.waybill.platform.ProblemException;

/** Who sends, how much is usual, and who has fallen silent. */
@Dependent
@Path("/api/switches")
@Produces(MediaType.APPLICATION_JSON)
public class SwitchResource {
  private final Switches switches;

  @Inject
  public SwitchResource(Switches switches) {
    this.switches = switches;
  }

  @GET
  @RolesAllowed(Role.READER)
  public String list(@Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    Integer rmOrgId = parameters.number("orgId", 1);
    Long after = parameters.cursor(Long::valueOf);
    int limit = parameters.limit();
    parameters.done();
    List<Switches.Line> found = switches.list(rmOrgId, after, limit + 1);
    return JsonMembers.page(found, limit, line -> line.watched().id(), SwitchResource::json);
  }

  /** For one that was taken out of service; one that sends again is there again. */
  @DELETE
  @Path("{id: [0-9]{1,18}}")
  @RolesAllowed(Role.OPERATOR)
  public void dismiss(@PathParam("id") long id, @Context SecurityContext security) {
    if (!switches.dismiss(id, Caller.of(security.getUserPrincipal()).name())) {
      throw new ProblemException(404, "There is no switch " + id + ".");
    }
  }

  private static JsonObject json(Switches.Line line) {
    WatchedSwitch watched = line.watched();
    return new JsonMembers()
        .add("id", watched.id())
        .add("name", watched.name())
        .add("instance", watched.instance())
        .add("organization", watched.rmOrgId())
        .add("firstSeen", watched.firstSeen())
        .add("lastSeen", watched.lastSeen())
        .add("usualPerHour", rounded(line.usualPerHour()))
        .add("silentSince", watched.silentSince())
        .add("restarts", watched.restarts())
        .build();
  }

  private static JsonValue rounded(@Nullable Double usual) {
    return usual == null
        ? JsonValue.NULL
        : Json.createValue(BigDecimal.valueOf(usual).setScale(1, RoundingMode.HALF_UP));
  }
}
