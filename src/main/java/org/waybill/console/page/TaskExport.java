package org.waybill.console.page;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.waybill.access.Role;
import org.waybill.console.TaskResource;

/** All tasks that match, to keep. */
@Dependent
@Path("/tasks.csv")
@RolesAllowed(Role.READER)
public class TaskExport {
  private final TaskResource calls;

  @Inject
  public TaskExport(TaskResource calls) {
    this.calls = calls;
  }

  @GET
  @Produces("text/csv")
  public Response csv(@Context UriInfo uri) {
    return Response.fromResponse(calls.csv(uri))
        .header("Content-Disposition", "attachment; filename=\"tasks.csv\"")
        .build();
  }
}
