package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
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
import java.util.function.Function;
import org.waybill.access.Audit;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.collect.RuleCheck;
import org.waybill.platform.ProblemException;
import org.waybill.task.NewTaskRule;
import org.waybill.task.TaskRule;
import org.waybill.task.TaskRules;

/** The tasks that CDRs get without their documents declaring them. */
@Dependent
@Path("/api/task-rules")
@Produces(MediaType.APPLICATION_JSON)
public class TaskRuleResource {
  private final TaskRules rules;
  private final RuleCheck check;

  @Inject
  public TaskRuleResource(TaskRules rules, RuleCheck check) {
    this.rules = rules;
    this.check = check;
  }

  @GET
  @RolesAllowed(Role.READER)
  public String list(@Context UriInfo uri) {
    new Parameters(uri).done();
    return JsonMembers.list(rules.all(), TaskRuleBody::json);
  }

  @GET
  @Path("{id: [0-9]{1,9}}")
  @RolesAllowed(Role.READER)
  public String find(@PathParam("id") int id) {
    return TaskRuleBody.json(rules.find(id).orElseThrow(() -> missing(id))).toString();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.ADMIN)
  public Response add(String text, @Context SecurityContext security) {
    NewTaskRule values = TaskRuleBody.read(JsonBody.read(text), check);
    TaskRule rule = rules.add(values, line(security, "task-rule.add"));
    return Response.created(URI.create("/api/task-rules/" + rule.id()))
        .entity(TaskRuleBody.json(rule).toString())
        .build();
  }

  /** Replaces all of it. CDRs that are stored keep the tasks that they have. */
  @PUT
  @Path("{id: [0-9]{1,9}}")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.ADMIN)
  public String update(@PathParam("id") int id, String text, @Context SecurityContext security) {
    JsonBody body = JsonBody.read(text);
    Integer given = body.number("id", 1);
    if (given != null && given != id) {
      body.wrong("id", "It must be that of the address, or be left out.");
    }
    NewTaskRule values = TaskRuleBody.read(body, check);
    return TaskRuleBody.json(
            rules
                .update(id, values, line(security, "task-rule.update"))
                .orElseThrow(() -> missing(id)))
        .toString();
  }

  @DELETE
  @Path("{id: [0-9]{1,9}}")
  @RolesAllowed(Role.ADMIN)
  public void remove(@PathParam("id") int id, @Context SecurityContext security) {
    if (rules.remove(id, line(security, "task-rule.remove")).isEmpty()) {
      throw missing(id);
    }
  }

  private static Function<TaskRule, Audit.Entry> line(SecurityContext security, String action) {
    String who = Caller.of(security.getUserPrincipal()).name();
    return rule ->
        new Audit.Entry(
            who, action, "task rule " + rule.id(), null, TaskRuleBody.json(rule).toString());
  }

  private static ProblemException missing(int id) {
    return new ProblemException(404, "There is no task rule " + id + ".");
  }
}
