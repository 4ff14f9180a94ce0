package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.DateTimeException;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Role;
import org.waybill.dispatch.BulkCancel;
import org.waybill.dispatch.BulkPostpone;
import org.waybill.dispatch.BulkPriority;
import org.waybill.dispatch.BulkRerun;
import org.waybill.task.Priority;
import org.waybill.task.TaskFilter;
import org.waybill.task.TaskState;

/**
 * Many tasks at once, as operations: all that match a {@code filter}, or those named by {@code
 * ids}.
 */
@Dependent
@Path("/api/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.OPERATOR)
public class TaskBulkResource {
  private static final int MOST_IDS = 1000;
  private static final int WORD = 64;

  private final BulkOrders bulk;

  @Inject
  public TaskBulkResource(BulkOrders bulk) {
    this.bulk = bulk;
  }

  /** Tasks are put back into the lane that gives way to fresh work. */
  @POST
  @Path("rerun")
  public Response rerun(String text, @Context SecurityContext security) {
    JsonBody body = JsonBody.read(text);
    TaskFilter filter = filter(body, TaskState.FAILED, TaskState.CANCELLED);
    return bulk.answer(kinds(BulkRerun.NAME), body, filter.json(), security);
  }

  /** Those that wait; those that failed only when the filter says so. */
  @POST
  @Path("cancel")
  public Response cancel(String text, @Context SecurityContext security) {
    JsonBody body = JsonBody.read(text);
    TaskFilter filter = filter(body, TaskState.PENDING, TaskState.FAILED);
    return bulk.answer(kinds(BulkCancel.NAME), body, filter.json(), security);
  }

  /** {@code "priority"} is what those that wait get. */
  @POST
  @Path("priority")
  public Response priority(String text, @Context SecurityContext security) {
    JsonBody body = JsonBody.read(text);
    TaskFilter filter = filter(body, TaskState.PENDING);
    String word = priority(body);
    String json = filter.members().add(BulkPriority.NEW_PRIORITY, word).build().toString();
    return bulk.answer(kinds(BulkPriority.NAME), body, json, security);
  }

  /** {@code "until"} is an ISO-8601 instant. */
  @POST
  @Path("postpone")
  public Response postpone(String text, @Context SecurityContext security) {
    JsonBody body = JsonBody.read(text);
    TaskFilter filter = filter(body, TaskState.PENDING);
    String until = until(body);
    String json = filter.members().add(BulkPostpone.UNTIL, until).build().toString();
    return bulk.answer(kinds(BulkPostpone.NAME), body, json, security);
  }

  private static BulkOrders.Kinds kinds(String name) {
    return new BulkOrders.Kinds(name, null);
  }

  private static TaskFilter filter(JsonBody body, TaskState... states) {
    SortedSet<Long> ids = ids(body);
    if (ids != null) {
      return TaskFilter.ofIds(ids);
    }
    Parameters parameters = Parameters.of(body.object("filter"));
    TaskFilter filter = TaskQuery.in(parameters, states);
    parameters
        .violations()
        .forEach(wrong -> body.wrong("filter." + wrong.field(), wrong.message()));
    return filter;
  }

  private static @Nullable SortedSet<Long> ids(JsonBody body) {
    SortedSet<Long> ids = body.ids("ids");
    if (ids != null && (ids.isEmpty() || ids.size() > MOST_IDS)) {
      body.wrong("ids", "There must be 1 to " + MOST_IDS + " of them.");
    }
    return ids;
  }

  private static String priority(JsonBody body) {
    String word = body.text("priority", WORD);
    try {
      return word.isEmpty() ? word : Priority.ofWord(word).word();
    } catch (IllegalArgumentException e) {
      body.wrong("priority", "It must be one of high, low, medium.");
      return "";
    }
  }

  private static String until(JsonBody body) {
    String text = body.text("until", WORD);
    try {
      return text.isEmpty() ? text : Parameters.readInstant(text).toString();
    } catch (DateTimeException e) {
      body.wrong("until", "It must be an ISO-8601 instant, such as 2024-01-15T10:30:00Z.");
      return "";
    }
  }
}
