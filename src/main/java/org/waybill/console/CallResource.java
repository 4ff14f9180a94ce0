package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Role;
import org.waybill.call.events.Calls;
import org.waybill.call.events.KeptEvent;
import org.waybill.call.events.KnownCall;
import org.waybill.platform.ProblemException;

/** Calls that lifecycle events told of, finished or not, and all that was told: the audit trail. */
@Dependent
@Path("/api/calls")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.READER)
public class CallResource {
  private static final Set<String> STATUSES =
      Set.of("started", "answered", "completed", "timed_out");

  private final Calls calls;

  @Inject
  public CallResource(Calls calls) {
    this.calls = calls;
  }

  @GET
  public String list(@Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    Integer rmOrgId = parameters.number("orgId", 1);
    String status = parameters.word("status", STATUSES, CallResource::status);
    Long before = parameters.cursor(Long::valueOf);
    int limit = parameters.limit();
    parameters.done();
    List<KnownCall> found = calls.list(rmOrgId, status, before, limit + 1);
    return JsonMembers.page(found, limit, KnownCall::id, CallResource::json);
  }

  @GET
  @Path("{callId: .{1,512}}")
  public String find(@PathParam("callId") String callId) {
    return json(known(callId)).toString();
  }

  /** Every different one, in the order of their arrival. */
  @GET
  @Path("{callId: .{1,512}}/events")
  public String events(@PathParam("callId") String callId, @Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    Long after = parameters.cursor(Long::valueOf);
    int limit = parameters.limit();
    parameters.done();
    List<KeptEvent> found = calls.events(known(callId).callId(), after, limit + 1);
    return JsonMembers.page(found, limit, KeptEvent::id, CallResource::json);
  }

  private KnownCall known(String callId) {
    return calls
        .find(callId)
        .orElseThrow(
            () -> new ProblemException(404, "No event of a call '" + callId + "' has come."));
  }

  private static String status(String word) {
    if (!STATUSES.contains(word.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(word);
    }
    return word.toUpperCase(Locale.ROOT);
  }

  private static JsonObject json(KnownCall call) {
    return new JsonMembers()
        .add("callId", call.callId())
        .add("uuid", call.uuid() == null ? null : call.uuid().toString())
        .add("rmOrgID", call.rmOrgId())
        .add("tenantId", call.tenant())
        .add("direction", call.direction())
        .add("callerNumber", call.callerNumber())
        .add("calledNumber", call.calledNumber())
        .add("userId", call.userId())
        .add("startTime", call.start())
        .add("answerTime", call.answer())
        .add("endTime", call.end())
        .add("duration", number(call.duration()))
        .add("status", call.status())
        .add("disposition", call.disposition())
        .add("hangupCause", call.hangupCause())
        .add("recordingUri", call.recordingUri())
        .add("firstReceivedAt", call.firstReceivedAt())
        .add("timedOutAt", call.timedOutAt())
        .add("events", call.events())
        .add("rejectedId", number(call.rejectedId()))
        .build();
  }

  private static JsonValue number(@Nullable Long value) {
    return value == null ? JsonValue.NULL : Json.createValue(value);
  }

  private static JsonObject json(KeptEvent event) {
    String text = CallPieces.text(event.body());
    String bytes = text == null ? Base64.getEncoder().encodeToString(event.body()) : null;
    return new JsonMembers()
        .add("id", event.id())
        .add("eventType", event.type())
        .add("timestamp", event.at())
        .add("receivedAt", event.receivedAt())
        .add("contentType", event.contentType())
        .add("routingKey", event.routingKey())
        .add("body", text)
        .add("bodyBase64", bytes)
        .build();
  }
}
