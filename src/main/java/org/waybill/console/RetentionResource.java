package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Role;
import org.waybill.cdr.Usage;
import org.waybill.cdr.Usages;

/** What is stored of each day, and when it leaves. */
@Dependent
@Path("/api/retention")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.READER)
public class RetentionResource {
  private final Usages usages;

  @Inject
  public RetentionResource(Usages usages) {
    this.usages = usages;
  }

  @GET
  public String usage(@Context UriInfo uri) {
    new Parameters(uri).done();
    Usage usage = usages.now();
    return new JsonMembers()
        .add("at", usage.at())
        .add("retentionDays", usage.kept().toDays())
        .add("bytes", usage.bytes())
        .add("otherBytes", usage.otherBytes())
        .add("bytesPerDay", usage.growth().<JsonValue>map(Json::createValue).orElse(JsonValue.NULL))
        .add("emptyPartitions", usage.empty())
        .addAll("items", usage.spans(), RetentionResource::json)
        .add("next", JsonValue.NULL)
        .build()
        .toString();
  }

  private static JsonObject json(Usage.Span span) {
    return new JsonMembers()
        .add("from", text(span.from()))
        .add("until", text(span.until()))
        .add("cdrs", span.cdrs())
        .add("dataBytes", span.all().dataBytes())
        .add("indexBytes", span.all().indexBytes())
        .add("tables", tables(span))
        .add("leaves", span.leaves())
        .add("leavesIsCertain", span.certain())
        .add("undoneTasks", span.undone())
        .build();
  }

  private static JsonValue tables(Usage.Span span) {
    JsonArrayBuilder tables = Json.createArrayBuilder();
    span.tables()
        .forEach(
            (name, size) ->
                tables.add(
                    new JsonMembers()
                        .add("table", name)
                        .add("rows", size.rows())
                        .add("dataBytes", size.dataBytes())
                        .add("indexBytes", size.indexBytes())
                        .build()));
    return tables.build();
  }

  private static @Nullable String text(@Nullable LocalDate day) {
    return day == null ? null : day.toString();
  }
}
