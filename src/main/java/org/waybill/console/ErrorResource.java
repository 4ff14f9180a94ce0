package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.waybill.access.Role;
import org.waybill.report.ErrorGroup;
import org.waybill.report.ErrorGroup.Told;
import org.waybill.report.ErrorGroups;

/** Failures by what they say: the few causes behind many tasks. */
@Dependent
@Path("/api/errors")
@Produces(MediaType.APPLICATION_JSON)
public class ErrorResource {
  private final ErrorGroups groups;

  @Inject
  public ErrorResource(ErrorGroups groups) {
    this.groups = groups;
  }

  /** Those with most to be done first. */
  @GET
  @RolesAllowed(Role.READER)
  public String list(@Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    String after = parameters.cursor(cursor -> cursor);
    int limit = parameters.limit();
    parameters.done();
    List<Told> found = groups.list(after, limit + 1);
    return JsonMembers.page(found, limit, told -> told.group().fingerprint(), ErrorResource::json);
  }

  private static JsonObject json(Told told) {
    ErrorGroup group = told.group();
    return new JsonMembers()
        .add("fingerprint", group.fingerprint())
        .add("count", group.count())
        .add("failed", group.failed())
        .add("pending", group.waiting())
        .add("first", group.first())
        .add("last", group.last())
        .add("sample", told.sample().sentence())
        .add("sampleTask", told.sample().task())
        .add("sampleStatus", told.sample().status())
        .add("sampleResponse", told.sample().head())
        .addWords("taskTypes", told.taskTypes())
        .addNumbers("organizations", told.organizations())
        .addNumbers("gateways", group.gateways())
        .add("perMinute", numbers(told.trend().minutes()).build())
        .add("perHour", numbers(told.trend().hours()).build())
        .build();
  }

  /** In their order, and with repeats. */
  private static JsonArrayBuilder numbers(List<Long> numbers) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    numbers.forEach(array::add);
    return array;
  }
}
