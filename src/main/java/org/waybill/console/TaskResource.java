package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.function.Function;
import org.waybill.access.Audit;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.platform.ProblemException;
import org.waybill.report.TaskSearch;
import org.waybill.task.Steering;
import org.waybill.task.TaskFilter;
import org.waybill.task.TaskState;
import org.waybill.task.Tasks;

/** What is to be done about CDRs, and how far it has got. */
@Dependent
@Path("/api/tasks")
@Produces(MediaType.APPLICATION_JSON)
public class TaskResource {
  private final TaskSearch search;
  private final TaskJson json;
  private final Tasks tasks;

  @Inject
  public TaskResource(TaskSearch search, TaskJson json, Tasks tasks) {
    this.search = search;
    this.json = json;
    this.tasks = tasks;
  }

  @GET
  @RolesAllowed(Role.READER)
  public String list(@Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    TaskFilter filter = TaskQuery.any(parameters);
    Long before = parameters.cursor(Long::valueOf);
    int limit = parameters.limit();
    parameters.done();
    return JsonMembers.page(search.page(filter, before, limit), TaskJson::line);
  }

  /** All that match, as they are read. */
  @GET
  @Produces("text/csv;qs=0.5")
  @RolesAllowed(Role.READER)
  public Response csv(@Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    TaskFilter filter = TaskQuery.any(parameters);
    Long before = parameters.cursor(Long::valueOf);
    parameters.limit();
    parameters.done();
    StreamingOutput rows = output -> TaskCsv.write(search, filter, before, output);
    return Response.ok(rows, "text/csv;charset=UTF-8").build();
  }

  @GET
  @Path("{id: [0-9]{1,18}}")
  @RolesAllowed(Role.READER)
  public String find(@PathParam("id") long id) {
    return json.whole(search.find(id).orElseThrow(() -> missing(id))).toString();
  }

  @POST
  @Path("{id: [0-9]{1,18}}/rerun")
  @RolesAllowed(Role.OPERATOR)
  public String rerun(@PathParam("id") long id, String text, @Context SecurityContext security) {
    JsonBody body = JsonBody.read(text);
    boolean force = body.flag("force", false);
    body.done();
    Function<Steering.Changed, Audit.Entry> line = line(id, "task.rerun", security);
    return answer(id, "task.rerun", tasks.rerun(id, force, line));
  }

  @POST
  @Path("{id: [0-9]{1,18}}/cancel")
  @RolesAllowed(Role.OPERATOR)
  public String cancel(@PathParam("id") long id, @Context SecurityContext security) {
    Function<Steering.Changed, Audit.Entry> line = line(id, "task.cancel", security);
    return answer(id, "task.cancel", tasks.cancel(id, line));
  }

  private static Function<Steering.Changed, Audit.Entry> line(
      long id, String action, SecurityContext security) {
    String who = Caller.of(security.getUserPrincipal()).name();
    return changed ->
        new Audit.Entry(
            who,
            action,
            "task " + id,
            null,
            "was %s, is %s; deliveries: %d"
                .formatted(
                    TaskJson.word(changed.before()),
                    TaskJson.word(changed.now()),
                    changed.deliveries()));
  }

  private String answer(long id, String action, Steering steering) {
    if (steering instanceof Steering.Unknown) {
      throw missing(id);
    }
    if (steering instanceof Steering.Forbidden forbidden) {
      throw new ProblemException(409, forbidden(action, forbidden.state()));
    }
    return find(id);
  }

  private static String forbidden(String action, TaskState state) {
    String is = "The task is " + TaskJson.word(state) + "; ";
    if (action.equals("task.cancel")) {
      return is + "only a pending one can be cancelled.";
    }
    return state == TaskState.DONE
        ? is + "it is re-run only with {\"force\":true}."
        : is + "only a failed or cancelled one can be re-run.";
  }

  private static ProblemException missing(long id) {
    return new ProblemException(404, "There is no task " + id + ".");
  }
}
