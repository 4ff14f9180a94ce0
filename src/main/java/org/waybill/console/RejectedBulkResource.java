package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.waybill.access.Role;
import org.waybill.collect.BulkDiscard;
import org.waybill.collect.BulkResubmit;
import org.waybill.collect.RejectedCause;
import org.waybill.collect.RejectedCauses;
import org.waybill.collect.RejectedFilter;

/** Many rejected documents at once: by their causes, and as operations on all that match. */
@Dependent
@Path("/api/rejected-cdrs")
@Produces(MediaType.APPLICATION_JSON)
public class RejectedBulkResource {
  private final RejectedCauses causes;
  private final BulkOrders bulk;

  @Inject
  public RejectedBulkResource(RejectedCauses causes, BulkOrders bulk) {
    this.causes = causes;
    this.bulk = bulk;
  }

  /** The most frequent first. */
  @GET
  @Path("causes")
  @RolesAllowed(Role.READER)
  public String causes(@Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    RejectedFilter filter = RejectedQuery.any(parameters);
    String after = parameters.cursor(cause -> cause);
    int limit = parameters.limit();
    parameters.done();
    List<RejectedCause> found = causes.list(filter, after, limit + 1);
    return JsonMembers.page(found, limit, RejectedCause::cause, RejectedBulkResource::json);
  }

  @POST
  @Path("resubmit")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.OPERATOR)
  public Response resubmit(String text, @Context SecurityContext security) {
    return bulk.answer(
        BulkResubmit.NAME, text, filter -> RejectedQuery.open(filter).json(), security);
  }

  @POST
  @Path("discard")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.OPERATOR)
  public Response discard(String text, @Context SecurityContext security) {
    return bulk.answer(
        BulkDiscard.NAME, text, filter -> RejectedQuery.open(filter).json(), security);
  }

  private static JsonObject json(RejectedCause cause) {
    return new JsonMembers()
        .add("cause", cause.cause())
        .add("reason", cause.reason().name())
        .add("count", cause.count())
        .add("first", cause.first())
        .add("last", cause.last())
        .add("sample", cause.sample())
        .add("sampleId", cause.sampleId())
        .addWords("sources", cause.sources())
        .addNumbers("organizations", cause.organizations())
        .build();
  }
}
