package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Role;
import org.waybill.cdr.StoredCdr;
import org.waybill.cdr.StoredRaw;
import org.waybill.cdr.StoredXml;
import org.waybill.platform.ProblemException;
import org.waybill.report.CdrCursor;
import org.waybill.report.CdrFilter;
import org.waybill.report.CdrSearch;
import org.waybill.report.TaskLine;
import org.waybill.report.TaskSearch;
import org.waybill.task.TaskFilter;

/** What calls there were. */
@Dependent
@Path("/api/cdrs")
@RolesAllowed(Role.READER)
public class CdrResource {
  /** What a CDR may have none of, so that one may ask for those without. */
  private static final List<String> WORDS =
      List.of("callingNumber", "calledNumber", "direction", "hangupCause", "operator");

  private final CdrSearch cdrs;
  private final TaskSearch tasks;
  private final TaskJson taskJson;
  private final CallPieces pieces;

  @Inject
  public CdrResource(CdrSearch cdrs, TaskSearch tasks, TaskJson taskJson, CallPieces pieces) {
    this.cdrs = cdrs;
    this.tasks = tasks;
    this.taskJson = taskJson;
    this.pieces = pieces;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public String list(@Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    CdrFilter filter = filter(parameters);
    CdrCursor after = parameters.cursor(CdrCursor::parse);
    int limit = parameters.limit();
    parameters.done();
    return JsonMembers.page(cdrs.page(filter, after, limit), CdrViews::line);
  }

  /** All that match, as they are read. */
  @GET
  @Produces("text/csv;qs=0.5")
  public Response csv(@Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    CdrFilter filter = filter(parameters);
    CdrCursor after = parameters.cursor(CdrCursor::parse);
    parameters.limit();
    parameters.done();
    StreamingOutput rows = output -> CdrCsv.write(cdrs, filter, after, output);
    return Response.ok(rows, "text/csv;charset=UTF-8").build();
  }

  @GET
  @Path("{uuid}")
  @Produces(MediaType.APPLICATION_JSON)
  public String find(@PathParam("uuid") String uuid) {
    return CdrViews.whole(stored(uuid)).toString();
  }

  /** As it was accepted. */
  @GET
  @Path("{uuid}")
  @Produces({"application/xml;qs=0.5", "text/xml;qs=0.5"})
  public String xml(@PathParam("uuid") String uuid) {
    return stored(uuid).xml();
  }

  /** The way of a CDR through the house, in order. */
  @GET
  @Path("{uuid}/trace")
  @Produces(MediaType.APPLICATION_JSON)
  public String trace(@PathParam("uuid") String uuid) {
    StoredCdr cdr = stored(uuid);
    TaskFilter own = new TaskFilter(null, null, null, null, cdr.uuid());
    List<TaskLine> newestFirst = tasks.list(own, null, Integer.MAX_VALUE);
    List<TaskLine> inOrder =
        newestFirst.stream().sorted((a, b) -> Long.compare(a.id(), b.id())).toList();
    StoredRaw raw = cdrs.raw(cdr).orElse(null);
    return new JsonMembers()
        .add("raw", raw == null ? CdrViews.ownDocument(cdr) : CdrViews.raw(cdr, raw))
        .addAll("pieces", pieces.of(StoredXml.cdr(cdr.xml())), CallPieces::json)
        .add("repairs", raw == null ? JsonValue.EMPTY_JSON_ARRAY : CdrViews.repairs(raw))
        .add("cdr", CdrViews.whole(cdr))
        .addAll("tasks", inOrder, taskJson::whole)
        .build()
        .toString();
  }

  /** What it was made of, as it came: never to be run or shown by a browser as ours. */
  @GET
  @Path("{uuid}/raw")
  @Produces(MediaType.WILDCARD)
  public Response raw(@PathParam("uuid") String uuid) {
    StoredCdr cdr = stored(uuid);
    byte[] bytes = cdrs.rawBody(cdr).orElseGet(() -> cdr.xml().getBytes(StandardCharsets.UTF_8));
    return Response.ok(bytes, MediaType.APPLICATION_OCTET_STREAM)
        .header("Content-Disposition", "attachment; filename=\"" + cdr.uuid() + "\"")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  /** Reads which CDRs are asked for; a page of them takes the same parameters. */
  public static CdrFilter filter(Parameters parameters) {
    Map<String, @Nullable String> words = new LinkedHashMap<>();
    for (String name : WORDS) {
      words.put(name, parameters.text(name));
    }
    words.values().removeIf(Objects::isNull);
    TreeSet<String> others = new TreeSet<>(WORDS);
    others.removeAll(words.keySet());
    String without = parameters.word("without", others, name -> oneOf(others, name));
    if (without != null) {
      words.put(without, "");
    }
    return new CdrFilter(
        parameters.number("orgId", 1),
        parameters.text("source"),
        parameters.instant("from"),
        parameters.instant("to"),
        words.get("callingNumber"),
        words.get("calledNumber"),
        words.get("direction"),
        words.get("hangupCause"),
        parameters.number("minBillsec", 0),
        parameters.number("maxBillsec", 0),
        words.get("operator"),
        parameters.uuid("uuid"));
  }

  private static String oneOf(Set<String> names, String name) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException(name);
    }
    return name;
  }

  /** The CDR that an address names; 404 when there is none. */
  public StoredCdr stored(String text) {
    UUID uuid;
    try {
      uuid = Parameters.strictUuid(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(404, "'" + text + "' is not a UUID, so no CDR has it.");
    }
    return cdrs.find(uuid)
        .orElseThrow(() -> new ProblemException(404, "There is no CDR " + uuid + "."));
  }
}
