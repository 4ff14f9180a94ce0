package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.operation.ItemOutcome;
import org.waybill.operation.NumberedOutcome;
import org.waybill.operation.Operation;
import org.waybill.operation.OperationState;
import org.waybill.operation.Operations;
import org.waybill.operation.OutcomeFilter;
import org.waybill.operation.Steered;
import org.waybill.platform.ProblemException;

/** Long operator actions: how far they are, and what came of each item. */
@Dependent
@Path("/api/operations")
@Produces(MediaType.APPLICATION_JSON)
public class OperationResource {
  private static final Set<String> STATES =
      Arrays.stream(OperationState.values()).map(OperationState::word).collect(Collectors.toSet());
  private static final Set<String> OUTCOMES =
      Arrays.stream(OutcomeFilter.values()).map(OutcomeFilter::word).collect(Collectors.toSet());

  private final Operations operations;
  private final ItemTasks itemTasks;

  @Inject
  public OperationResource(Operations operations, ItemTasks itemTasks) {
    this.operations = operations;
    this.itemTasks = itemTasks;
  }

  @GET
  @RolesAllowed(Role.READER)
  public String list(@Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    OperationState state = state(parameters);
    String kind = parameters.text("kind");
    Long before = parameters.cursor(Long::valueOf);
    int limit = parameters.limit();
    parameters.done();
    List<Operation> found = operations.list(state, kind, before, limit + 1);
    return JsonMembers.page(found, limit, Operation::id, OperationResource::json);
  }

  @GET
  @Path("{id: [0-9]{1,18}}")
  @RolesAllowed(Role.READER)
  public String find(@PathParam("id") long id) {
    return json(operations.find(id).orElseThrow(() -> missing(id))).toString();
  }

  /** In the order of work. */
  @GET
  @Path("{id: [0-9]{1,18}}/outcomes")
  @RolesAllowed(Role.READER)
  public String outcomes(@PathParam("id") long id, @Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    OutcomeFilter filter = outcome(parameters);
    Long after = parameters.cursor(Long::valueOf);
    int limit = parameters.limit();
    parameters.done();
    Operation operation = operations.find(id).orElseThrow(() -> missing(id));
    List<NumberedOutcome> found = operations.outcomes(id, filter, after, limit + 1);
    Map<String, JsonObject> tasks = itemTasks.of(operation, found);
    return JsonMembers.page(
        found,
        limit,
        NumberedOutcome::number,
        outcome -> json(outcome, tasks.get(outcome.outcome().item())));
  }

  @POST
  @Path("{id: [0-9]{1,18}}/pause")
  @RolesAllowed(Role.OPERATOR)
  public String pause(@PathParam("id") long id, @Context SecurityContext security) {
    return answer(id, operations.pause(id, who(security)), "only a running one can be paused.");
  }

  @POST
  @Path("{id: [0-9]{1,18}}/resume")
  @RolesAllowed(Role.OPERATOR)
  public String resume(@PathParam("id") long id, @Context SecurityContext security) {
    return answer(
        id, operations.resume(id, who(security)), "only a paused or failed one can be resumed.");
  }

  @POST
  @Path("{id: [0-9]{1,18}}/cancel")
  @RolesAllowed(Role.OPERATOR)
  public String cancel(@PathParam("id") long id, @Context SecurityContext security) {
    return answer(
        id, operations.cancel(id, who(security)), "one that is over cannot be cancelled.");
  }

  /** Changes how quickly one goes that is not over; null is as fast as it goes. */
  @PUT
  @Path("{id: [0-9]{1,18}}/rate")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.OPERATOR)
  public String rate(@PathParam("id") long id, String text, @Context SecurityContext security) {
    JsonBody body = JsonBody.read(text);
    Integer rate = body.number("ratePerSecond", 1);
    body.done();
    return answer(
        id, operations.rate(id, rate, who(security)), "the rate of one that is over is history.");
  }

  /** Reads which operations are asked for; null means any. */
  public static @Nullable OperationState state(Parameters parameters) {
    return parameters.word("state", STATES, OperationState::ofWord);
  }

  /** Reads which outcomes are asked for. */
  public static OutcomeFilter outcome(Parameters parameters) {
    OutcomeFilter asked = parameters.word("outcome", OUTCOMES, OutcomeFilter::ofWord);
    return asked == null ? OutcomeFilter.ANY : asked;
  }

  static JsonObject json(Operation operation) {
    Integer rate = operation.ratePerSecond();
    Double achieved = operation.achievedPerSecond();
    return new JsonMembers()
        .add("id", operation.id())
        .add("kind", operation.kind())
        .add("state", operation.state().word())
        .add("filter", object(operation.filter()))
        .add("total", operation.total())
        .add("totalIsLeast", operation.totalIsLeast())
        .add("limit", operation.limit())
        .add("processed", operation.progress().processed())
        .add("succeeded", operation.progress().succeeded())
        .add("unchanged", operation.progress().unchanged())
        .add("failed", operation.progress().failed())
        .add("ratePerSecond", rate)
        .add("achievedPerSecond", achieved == null ? JsonValue.NULL : Json.createValue(achieved))
        .add("by", operation.by())
        .add("reason", operation.reason())
        .add("problem", operation.problem())
        .add("startedAt", operation.startedAt())
        .add("finishedAt", operation.finishedAt())
        .build();
  }

  /** What its kind says of an item stands beside what every kind says. */
  private static JsonObject json(NumberedOutcome numbered, @Nullable JsonObject task) {
    ItemOutcome outcome = numbered.outcome();
    JsonMembers json =
        new JsonMembers()
            .add("number", numbered.number())
            .add("item", outcome.item())
            .add("ok", outcome.ok())
            .add("unchanged", outcome.unchanged())
            .add("sentence", outcome.sentence());
    String detail = outcome.detail();
    if (detail != null) {
      object(detail).forEach(json::add);
    }
    if (task != null) {
      json.add("task", task);
    }
    return json.build();
  }

  private static String answer(long id, Steered steered, String rule) {
    if (steered instanceof Steered.Changed changed) {
      return json(changed.operation()).toString();
    }
    if (steered instanceof Steered.Forbidden forbidden) {
      throw new ProblemException(409, "The operation is " + forbidden.state().word() + "; " + rule);
    }
    throw missing(id);
  }

  private static JsonObject object(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }

  private static String who(SecurityContext security) {
    return Caller.of(security.getUserPrincipal()).name();
  }

  private static ProblemException missing(long id) {
    return new ProblemException(404, "There is no operation " + id + ".");
  }
}
