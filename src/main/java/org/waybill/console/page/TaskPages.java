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
import java.util.ArrayList;
import java.util.List;
import org.waybill.access.Organizations;
import org.waybill.access.Role;
import org.waybill.console.Parameters;
import org.waybill.console.TaskBulkResource;
import org.waybill.console.TaskQuery;
import org.waybill.console.TaskResource;
import org.waybill.platform.ProblemException;
import org.waybill.report.TaskLine;
import org.waybill.report.TaskSearch;
import org.waybill.task.TaskFilter;

/** What is to be done about CDRs, and how far it has got. */
@Dependent
@Path("/tasks")
@Produces(Page.HTML)
@RolesAllowed(Role.READER)
public class TaskPages {
  private final TaskSearch search;
  private final TaskView.Views views;
  private final TaskResource calls;
  private final TaskBulkResource bulk;
  private final Organizations organizations;

  @Inject
  public TaskPages(
      TaskSearch search,
      TaskView.Views views,
      TaskResource calls,
      TaskBulkResource bulk,
      Organizations organizations) {
    this.search = search;
    this.views = views;
    this.calls = calls;
    this.bulk = bulk;
    this.organizations = organizations;
  }

  @GET
  public Response list(@Context UriInfo uri, @Context HttpServletRequest request) {
    Frame frame = Frame.of(request, Section.TASKS, "Tasks");
    Listing<TaskLine> list = listing(uri);
    return Page.of(
        list.status(),
        frame,
        (output, forms) ->
            JtetasksGenerated.render(output, forms, frame, list, organizations.all()));
  }

  @GET
  @Path("{id: [0-9]{1,18}}")
  public Response find(@PathParam("id") long id, @Context HttpServletRequest request) {
    TaskLine task =
        search
            .find(id)
            .orElseThrow(() -> new ProblemException(404, "There is no task " + id + "."));
    TaskView view = views.of(task);
    Frame frame = Frame.of(request, Section.TASKS, "Task " + id);
    return Page.of(frame, (output, forms) -> JtetaskGenerated.render(output, forms, frame, view));
  }

  @POST
  @Path("{id: [0-9]{1,18}}/rerun")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response rerun(
      @PathParam("id") long id,
      MultivaluedMap<String, String> fields,
      @Context SecurityContext security) {
    String body = new Form(fields).flag("force").json();
    Act act = Act.of(() -> calls.rerun(id, body, security));
    return Page.to(back(id, fields), act.notice("Task " + id + " is sent again."));
  }

  @POST
  @Path("{id: [0-9]{1,18}}/cancel")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response cancel(
      @PathParam("id") long id,
      MultivaluedMap<String, String> fields,
      @Context SecurityContext security) {
    Act act = Act.of(() -> calls.cancel(id, security));
    return Page.to(back(id, fields), act.notice("Task " + id + " is cancelled."));
  }

  @POST
  @Path("cancel")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response cancelMany(
      @Context UriInfo uri,
      MultivaluedMap<String, String> fields,
      @Context SecurityContext security) {
    return BulkForm.start(uri, new Form(fields), body -> bulk.cancel(body, security), "/tasks");
  }

  @POST
  @Path("priority")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response prioritize(
      @Context UriInfo uri,
      MultivaluedMap<String, String> fields,
      @Context SecurityContext security) {
    return BulkForm.start(
        uri, new Form(fields).texts("priority"), body -> bulk.priority(body, security), "/tasks");
  }

  @POST
  @Path("postpone")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.OPERATOR)
  public Response postpone(
      @Context UriInfo uri,
      MultivaluedMap<String, String> fields,
      @Context SecurityContext security) {
    return BulkForm.start(
        uri, new Form(fields).texts("until"), body -> bulk.postpone(body, security), "/tasks");
  }

  /** What can be done to how many of those that match. */
  @GET
  @Path("matching")
  @Produces(MediaType.TEXT_PLAIN)
  @RolesAllowed(Role.OPERATOR)
  public Response matching(@Context UriInfo uri, @Context SecurityContext security) {
    Query query = Query.of(uri);
    TaskActs acts = TaskActs.of(query);
    List<String> parts = new ArrayList<>();
    if (acts.rerun()) {
      Act counted = BulkForm.count(query, body -> bulk.rerun(body, security));
      parts.add(acts.words(counted, "failed"));
    }
    if (acts.steer()) {
      Act counted = BulkForm.count(query, body -> bulk.cancel(body, security));
      parts.add(acts.words(counted, "pending"));
    }
    return BulkForm.sentence(String.join(", ", parts));
  }

  private static String back(long id, MultivaluedMap<String, String> fields) {
    String back = new Form(fields).orEmpty("back");
    return back.matches("/(tasks|cdrs)/[0-9a-f-]+") ? back : "/tasks/" + id;
  }

  private Listing<TaskLine> listing(UriInfo uri) {
    Query query = Query.of(uri);
    Parameters parameters = new Parameters(uri);
    TaskFilter filter = TaskQuery.any(parameters);
    Long before = parameters.cursor(Long::valueOf);
    int limit = parameters.limit();
    if (!parameters.violations().isEmpty()) {
      return Listing.wrong(query, parameters.violations());
    }
    return Listing.of(query, search.page(filter, before, limit));
  }
}
