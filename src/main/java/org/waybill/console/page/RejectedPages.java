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
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Organizations;
import org.waybill.access.Role;
import org.waybill.collect.RejectedBody;
import org.waybill.collect.RejectedCause;
import org.waybill.collect.RejectedCauses;
import org.waybill.collect.RejectedDocument;
import org.waybill.collect.RejectedDocuments;
import org.waybill.collect.RejectedFilter;
import org.waybill.console.Parameters;
import org.waybill.console.RejectedBulkResource;
import org.waybill.console.RejectedQuery;
import org.waybill.console.RejectedResource;
import org.waybill.platform.ProblemException;

/** The documents that could not become a CDR, by their causes and one by one. */
@Dependent
@Path("/rejected-cdrs")
@Produces(Page.HTML)
@RolesAllowed(Role.READER)
public class RejectedPages {
  private static final int CAUSES = 20;

  private final RejectedDocuments documents;
  private final RejectedCauses causes;
  private final RejectedResource calls;
  private final RejectedBulkResource bulk;
  private final Organizations organizations;

  @Inject
  public RejectedPages(
      RejectedDocuments documents,
      RejectedCauses causes,
      RejectedResource calls,
      RejectedBulkResource bulk,
      Organizations organizations) {
    this.documents = documents;
    this.causes = causes;
    this.calls = calls;
    this.bulk = bulk;
    this.organizations = organizations;
  }

  @GET
  public Response list(@Context UriInfo uri, @Context HttpServletRequest request) {
    Frame frame = Frame.of(request, Section.REJECTED, "Rejected documents");
    Query query = Query.of(uri);
    Parameters parameters = new Parameters(uri);
    RejectedFilter filter = RejectedQuery.any(parameters);
    Long before = parameters.cursor(Long::valueOf);
    int limit = parameters.limit();
    boolean wrong = !parameters.violations().isEmpty();
    Listing<RejectedDocument> list =
        wrong
            ? Listing.wrong(query, parameters.violations())
            : Listing.of(
                query, documents.list(filter, before, limit + 1), limit, RejectedDocument::id);
    List<RejectedCause> groups = wrong ? List.of() : causes.list(filter, null, CAUSES);
    return Page.of(
        list.status(),
        frame,
        (output, forms) ->
            JterejectedGenerated.render(output, forms, frame, groups, list, organizations.all()));
  }

  @GET
  @Path("{id: [0-9]{1,18}}")
  public Response find(@PathParam("id") long id, @Context HttpServletRequest request) {
    return page(200, id, null, null, request);
  }

  @POST
  @Path("{id: [0-9]{1,18}}/resubmit")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response resubmit(
      @PathParam("id") long id,
      MultivaluedMap<String, String> fields,
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    String edited = "edited".equals(fields.getFirst("with")) ? fields.getFirst("body") : null;
    String type = edited == null ? null : known(id).contentType();
    byte[] bytes = edited == null ? null : edited.getBytes(StandardCharsets.UTF_8);
    Act act = Act.ofResponse(() -> calls.resubmit(id, bytes, type, security));
    if (act.done()) {
      String cdr = act.answer() == null ? "" : act.answer().getString("cdr", "");
      return Page.to("/cdrs/" + cdr, Notice.done("Document " + id + " is this CDR now."));
    }
    return page(422, id, edited, act.problem() == null ? "" : act.problem().detail(), request);
  }

  @POST
  @Path("{id: [0-9]{1,18}}/discard")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response discard(
      @PathParam("id") long id,
      MultivaluedMap<String, String> fields,
      @Context SecurityContext security) {
    String body = new Form(fields).texts("reason").json();
    Act act = Act.ofResponse(() -> calls.discard(id, body, security));
    return Page.to("/rejected-cdrs/" + id, act.notice("Document " + id + " is discarded."));
  }

  @POST
  @Path("resubmit")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response resubmitAll(
      @Context UriInfo uri,
      MultivaluedMap<String, String> fields,
      @Context SecurityContext security) {
    return BulkForm.start(
        uri, new Form(fields), body -> bulk.resubmit(body, security), "/rejected-cdrs");
  }

  @POST
  @Path("discard")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response discardAll(
      @Context UriInfo uri,
      MultivaluedMap<String, String> fields,
      @Context SecurityContext security) {
    return BulkForm.start(
        uri, new Form(fields), body -> bulk.discard(body, security), "/rejected-cdrs");
  }

  /** Both acts are about the same ones. */
  @GET
  @Path("{act: resubmit|discard}/matching")
  @Produces(MediaType.TEXT_PLAIN)
  @RolesAllowed(Role.OPERATOR)
  public Response matching(@Context UriInfo uri, @Context SecurityContext security) {
    return BulkForm.matching(uri, body -> bulk.resubmit(body, security));
  }

  private Response page(
      int status,
      long id,
      @Nullable String edited,
      @Nullable String why,
      HttpServletRequest request) {
    RejectedDocument document = known(id);
    RejectedBody body = documents.body(id).orElseThrow(() -> missing(id));
    RejectedView view = RejectedView.of(document, body, edited, why);
    Frame frame = Frame.of(request, Section.REJECTED, "Rejected document " + id);
    return Page.of(
        status,
        frame,
        (output, forms) -> JterejecteddocumentGenerated.render(output, forms, frame, view));
  }

  private RejectedDocument known(long id) {
    return documents.find(id).orElseThrow(() -> missing(id));
  }

  private static ProblemException missing(long id) {
    return new ProblemException(404, "There is no rejected document " + id + ".");
  }
}
