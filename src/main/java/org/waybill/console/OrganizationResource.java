package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
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
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Set;
import org.waybill.access.Audit;
import org.waybill.access.Caller;
import org.waybill.access.Organization;
import org.waybill.access.Organizations;
import org.waybill.access.Role;
import org.waybill.platform.ProblemException;

/** Whose CDRs are kept. */
@Dependent
@Path("/api/organizations")
@Produces(MediaType.APPLICATION_JSON)
public class OrganizationResource {
  private static final int NAME = 255;

  private final Organizations organizations;

  @Inject
  public OrganizationResource(Organizations organizations) {
    this.organizations = organizations;
  }

  @GET
  @RolesAllowed(Role.READER)
  public String list(@Context UriInfo uri) {
    new Parameters(uri).done();
    return JsonMembers.list(organizations.all(), OrganizationResource::json);
  }

  @GET
  @Path("{id: [0-9]{1,9}}")
  @RolesAllowed(Role.READER)
  public String find(@PathParam("id") int id) {
    return json(organizations.find(id).orElseThrow(() -> missing(id))).toString();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.ADMIN)
  public Response add(String text, @Context SecurityContext security) {
    JsonBody body = JsonBody.read(text);
    Integer id = body.number("id", 1);
    if (id == null) {
      body.wrong("id", "It must be given: the rmOrgID of its documents.");
    }
    Organization values = values(id == null ? 0 : id, body);
    Organization added = organizations.add(values, entry(security, "organization.add", values));
    return Response.created(URI.create("/api/organizations/" + added.id()))
        .entity(json(added).toString())
        .build();
  }

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
    Organization values = values(id, body);
    return json(organizations
            .update(values, entry(security, "organization.update", values))
            .orElseThrow(() -> missing(id)))
        .toString();
  }

  private static Organization values(int id, JsonBody body) {
    String name = body.text("name", NAME);
    ZoneId timeZone = timeZone(body);
    String country = body.optionalText("country", 2);
    if (country != null && !country.matches("[A-Z]{2}")) {
      body.wrong("country", "It must be two capital letters of ISO 3166, such as FR.");
    }
    String tenant = body.optionalText("tenant", NAME);
    Set<String> domains = body.texts("domains", NAME);
    boolean active = body.flag("active", true);
    body.done();
    return new Organization(
        id, name, timeZone, country, tenant, domains == null ? Set.of() : domains, active);
  }

  private static ZoneId timeZone(JsonBody body) {
    String zone = body.optionalText("timeZone", 64);
    try {
      return ZoneId.of(zone == null ? "UTC" : zone);
    } catch (DateTimeException e) {
      body.wrong("timeZone", "It must be an IANA time zone, such as Europe/Paris.");
      return ZoneId.of("UTC");
    }
  }

  private static JsonObject json(Organization organization) {
    return new JsonMembers()
        .add("id", organization.id())
        .add("name", organization.name())
        .add("timeZone", organization.timeZone().getId())
        .add("country", organization.country())
        .add("tenant", organization.tenant())
        .addWords("domains", organization.domains())
        .add("active", organization.active())
        .build();
  }

  private static Audit.Entry entry(SecurityContext security, String action, Organization values) {
    return new Audit.Entry(
        Caller.of(security.getUserPrincipal()).name(),
        action,
        "organization " + values.id(),
        null,
        json(values).toString());
  }

  private static ProblemException missing(int id) {
    return new ProblemException(404, "There is no organization " + id + ".");
  }
}
