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
import org.waybill.access.AuditLog;
import org.waybill.access.Role;

/** Who changed what, when and why. */
@Dependent
@Path("/api/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.READER)
public class AuditLogResource {
  private final AuditLog log;

  @Inject
  public AuditLogResource(AuditLog log) {
    this.log = log;
  }

  @GET
  public String list(@Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    AuditLog.Filter filter = filter(parameters);
    Long before = parameters.cursor(Long::valueOf);
    int limit = parameters.limit();
    parameters.done();
    List<AuditLog.Line> found = log.list(filter, before, limit + 1);
    return JsonMembers.page(found, limit, AuditLog.Line::id, AuditLogResource::json);
  }

  /** Reads which lines are asked for; a page of them takes the same parameters. */
  public static AuditLog.Filter filter(Parameters parameters) {
    return new AuditLog.Filter(
        parameters.text("who"),
        parameters.text("action"),
        parameters.text("subject"),
        parameters.instant("from"),
        parameters.instant("to"));
  }

  private static JsonObject json(AuditLog.Line line) {
    return new JsonMembers()
        .add("id", line.id())
        .add("at", line.at())
        .add("who", line.entry().who())
        .add("action", line.entry().action())
        .add("subject", line.entry().subject())
        .add("reason", line.entry().reason())
        .add("detail", line.entry().detail())
        .build();
  }
}
