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
import java.util.stream.Collectors;
import org.waybill.access.Role;
import org.waybill.console.TaskRuleResource;
import org.waybill.task.NewTaskRule;
import org.waybill.task.TaskRules;

/** The tasks that CDRs get without their documents declaring them. */
@Dependent
@Path("/organizations/task-rules")
@Produces(Page.HTML)
@RolesAllowed(Role.READER)
public class TaskRulePages {
  private static final String PATH = "/organizations/task-rules";

  private final TaskRules rules;
  private final TaskRuleResource calls;

  @Inject
  public TaskRulePages(TaskRules rules, TaskRuleResource calls) {
    this.rules = rules;
    this.calls = calls;
  }

  @GET
  public Response list(@Context HttpServletRequest request) {
    return list(200, Fields.none(), request);
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.ADMIN)
  public Response add(
      MultivaluedMap<String, String> fields,
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    String body = body(fields);
    Act act = Act.ofResponse(() -> calls.add(body, security));
    return act.done()
        ? Page.to(PATH, Notice.done("The rule holds for CDRs from now on."))
        : list(422, Fields.of(fields, act), request);
  }

  @POST
  @Path("{id: [0-9]{1,9}}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.ADMIN)
  public Response update(
      @PathParam("id") int id,
      MultivaluedMap<String, String> fields,
      @Context SecurityContext security) {
    String body = body(fields);
    Act act = Act.of(() -> calls.update(id, body, security));
    return Page.to(PATH, act.notice("Rule " + id + " is changed."));
  }

  @POST
  @Path("{id: [0-9]{1,9}}/remove")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.ADMIN)
  public Response remove(@PathParam("id") int id, @Context SecurityContext security) {
    Act act = Act.ofSilent(() -> calls.remove(id, security));
    return Page.to(PATH, act.notice("Rule " + id + " is removed; tasks that it made stay."));
  }

  private static String body(MultivaluedMap<String, String> fields) {
    Form task = new Form(fields);
    task.texts("type", "priority").pairs("fields", task.orEmpty("fields"));
    Form form = new Form(fields);
    return form.number("rmOrgID")
        .list("sources", form.several("sources"))
        .pairs("when", form.orEmpty("when"))
        .object("task", task)
        .flag("active")
        .json();
  }

  /** As the form has them: a line each. */
  static String conditions(NewTaskRule rule) {
    return rule.when().entrySet().stream()
        .map(one -> one.getKey() + " = " + one.getValue())
        .collect(Collectors.joining("\n"));
  }

  static String fields(NewTaskRule rule) {
    return rule.fields().stream()
        .map(one -> one.name() + " = " + one.value())
        .collect(Collectors.joining("\n"));
  }

  private Response list(int status, Fields fields, HttpServletRequest request) {
    Frame frame = Frame.of(request, Section.ORGANIZATIONS, "Task rules");
    return Page.of(
        status,
        frame,
        (output, forms) -> JtetaskrulesGenerated.render(output, forms, frame, rules.all(), fields));
  }
}
