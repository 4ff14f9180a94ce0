package org.waybill.console.page;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import org.waybill.access.Role;
import org.waybill.console.TaskBulkResource;

/** Re-runs many tasks: those ticked in a list at once, all that match by way of a guide. */
@Dependent
@Path("/tasks/rerun")
@Produces(Page.HTML)
@RolesAllowed(Role.OPERATOR)
public class RerunPages {
  private static final String GUIDE = "/tasks/rerun";

  private final RerunGuides guides;
  private final TaskBulkResource bulk;

  @Inject
  public RerunPages(RerunGuides guides, TaskBulkResource bulk) {
    this.guides = guides;
    this.bulk = bulk;
  }

  @GET
  public Response guide(
      @Context UriInfo uri,
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    Frame frame = Frame.of(request, Section.TASKS, "Re-run tasks");
    RerunGuide guide =
        guides.of(
            Query.of(uri), query -> BulkForm.count(query, body -> bulk.rerun(body, security)));
    return Page.of(
        guide.problem() == null ? 200 : 400,
        frame,
        (output, forms) -> JtererunGenerated.render(output, forms, frame, guide));
  }

  /** A few of those that match, to see what comes of them. */
  @POST
  @Path("try")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response tryFew(
      @Context UriInfo uri,
      MultivaluedMap<String, String> fields,
      @Context SecurityContext security) {
    return start(uri, fields, security, RerunGuides.TRIED, "They are sent again.");
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response start(
      @Context UriInfo uri,
      MultivaluedMap<String, String> fields,
      @Context SecurityContext security) {
    return new Form(fields).isOfTicked()
        ? BulkForm.start(uri, new Form(fields), body -> bulk.rerun(body, security), "/tasks")
        : start(uri, fields, security, RerunGuides.REST, "Begun. You can leave this page.");
  }

  private Response start(
      UriInfo uri,
      MultivaluedMap<String, String> fields,
      SecurityContext security,
      String as,
      String done) {
    Query guide = new Query(GUIDE, Query.of(uri).parameters());
    Query filter = RerunGuides.filter(guide);
    Act act = BulkForm.act(filter, new Form(fields), body -> bulk.rerun(body, security));
    String operation = BulkForm.operation(act);
    return Page.to(
        guide.with(as, operation == null ? guide.value(as) : operation), act.notice(done));
  }
}
