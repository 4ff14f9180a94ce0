package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.collect.Decision;
import org.waybill.collect.RejectedBody;
import org.waybill.collect.RejectedDecisions;
import org.waybill.collect.RejectedDocument;
import org.waybill.collect.RejectedDocuments;
import org.waybill.collect.RejectedFilter;
import org.waybill.collect.Replacement;
import org.waybill.platform.Problem;
import org.waybill.platform.ProblemException;

/** The documents that could not become a CDR, until an operator acts. */
@Dependent
@Path("/api/rejected-cdrs")
@Produces(MediaType.APPLICATION_JSON)
public class RejectedResource {
  private static final int REASON = 1000;

  private final RejectedDocuments documents;
  private final RejectedDecisions decisions;

  @Inject
  public RejectedResource(RejectedDocuments documents, RejectedDecisions decisions) {
    this.documents = documents;
    this.decisions = decisions;
  }

  @GET
  @RolesAllowed(Role.READER)
  public String list(@Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    RejectedFilter filter = RejectedQuery.any(parameters);
    Long before = parameters.cursor(Long::valueOf);
    int limit = parameters.limit();
    parameters.done();
    List<RejectedDocument> found = documents.list(filter, before, limit + 1);
    return JsonMembers.page(found, limit, RejectedDocument::id, RejectedResource::json);
  }

  @GET
  @Path("{id: [0-9]{1,18}}")
  @RolesAllowed(Role.READER)
  public String find(@PathParam("id") long id) {
    return json(documents.find(id).orElseThrow(() -> missing(id))).toString();
  }

  /** The bytes as they came, never to be run or shown by a browser as something of ours. */
  @GET
  @Path("{id: [0-9]{1,18}}/body")
  @Produces(MediaType.WILDCARD)
  @RolesAllowed(Role.READER)
  public Response body(@PathParam("id") long id) {
    RejectedBody body = documents.body(id).orElseThrow(() -> missing(id));
    return Response.ok(body.bytes(), MediaType.APPLICATION_OCTET_STREAM)
        .header("Content-Disposition", "attachment; filename=\"rejected-" + id + "\"")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  /** A body replaces the document; it is of the type that its header says. */
  @POST
  @Path("{id: [0-9]{1,18}}/resubmit")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed(Role.OPERATOR)
  public Response resubmit(
      @PathParam("id") long id,
      byte @Nullable [] replacement,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
      @Context SecurityContext security) {
    Caller who = Caller.of(security.getUserPrincipal());
    Replacement body = null;
    if (replacement != null && replacement.length > 0) {
      body = new Replacement(contentType, replacement);
    }
    return answer(id, decisions.resubmit(id, body, who));
  }

  @POST
  @Path("{id: [0-9]{1,18}}/discard")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.OPERATOR)
  public Response discard(
      @PathParam("id") long id, String text, @Context SecurityContext security) {
    JsonBody body = JsonBody.read(text);
    String reason = body.text("reason", REASON);
    body.done();
    return answer(id, decisions.discard(id, reason, Caller.of(security.getUserPrincipal())));
  }

  private static Response answer(long id, Decision decision) {
    if (decision instanceof Decision.Accepted accepted) {
      return Response.ok(
              members(accepted.document()).add("cdr", accepted.cdr().toString()).build().toString())
          .header(HttpHeaders.LOCATION, "/api/cdrs/" + accepted.cdr())
          .build();
    }
    if (decision instanceof Decision.Discarded discarded) {
      return Response.ok(json(discarded.document()).toString()).build();
    }
    if (decision instanceof Decision.StillRejected still) {
      return Problem.of(422, "The document still cannot become a CDR: see violations.")
          .with("violations", still.document().violationsJson())
          .with("rejectedId", Json.createValue(id))
          .response();
    }
    if (decision instanceof Decision.AlreadyDecided decided) {
      return Problem.of(409, "The document is " + decided.document().state().word() + " already.")
          .response();
    }
    if (decision instanceof Decision.Later) {
      Response later = Problem.of(503, "It could not be stored in time. Try again.").response();
      return Response.fromResponse(later).header(HttpHeaders.RETRY_AFTER, "2").build();
    }
    throw missing(id);
  }

  private static JsonObject json(RejectedDocument document) {
    return members(document).build();
  }

  private static JsonMembers members(RejectedDocument document) {
    UUID uuid = document.uuid();
    return new JsonMembers()
        .add("id", document.id())
        .add("receivedAt", document.receivedAt())
        .add("lastReceivedAt", document.lastReceivedAt())
        .add("times", document.times())
        .add("source", document.source())
        .add("sender", document.sender())
        .add("reason", document.reason().name())
        .add("rmOrgID", document.rmOrgId())
        .add("uuid", uuid == null ? null : uuid.toString())
        .add("state", document.state().word())
        .add("contentType", document.contentType())
        .add("violations", document.violationsJson())
        .add("cause", document.cause())
        .add("decidedAt", document.decidedAt())
        .add("decidedBy", document.decidedBy())
        .add("decision", document.decision());
  }

  private static ProblemException missing(long id) {
    return new ProblemException(404, "There is no rejected document " + id + ".");
  }
}
