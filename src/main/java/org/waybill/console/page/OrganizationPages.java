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
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import org.waybill.access.Organization;
import org.waybill.access.Organizations;
import org.waybill.access.Role;
import org.waybill.console.OrganizationResource;
import org.waybill.console.Parameters;
import org.waybill.platform.ProblemException;

/** Whose CDRs are kept. */
@Dependent
@Path("/organizations")
@Produces(Page.HTML)
@RolesAllowed(Role.READER)
public class OrganizationPages {
  private final Organizations organizations;
  private final OrganizationResource calls;

  @Inject
  public OrganizationPages(Organizations organizations, OrganizationResource calls) {
    this.organizations = organizations;
    this.calls = calls;
  }

  @GET
  public Response list(@Context UriInfo uri, @Context HttpServletRequest request) {
    new Parameters(uri).done();
    return list(200, Fields.none(), request);
  }

  @GET
  @Path("{id: [0-9]{1,9}}")
  public Response find(@PathParam("id") int id, @Context HttpServletRequest request) {
    Organization one = known(id);
    Map<String, String> values =
        Map.of(
            "id", String.valueOf(one.id()),
            "name", one.name(),
            "timeZone", one.timeZone().getId(),
            "country", one.country() == null ? "" : one.country(),
            "tenant", one.tenant() == null ? "" : one.tenant(),
            "domains", String.join(" ", one.domains()),
            "active", one.active() ? "true" : "");
    return page(200, id, Fields.of(values), request);
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.ADMIN)
  public Response add(
      MultivaluedMap<String, String> fields,
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    Act act = Act.ofResponse(() -> calls.add(body(fields).number("id").json(), security));
    return act.done()
        ? Page.to("/organizations", Notice.done("The organization is added."))
        : list(422, Fields.of(fields, act), request);
  }

  @POST
  @Path("{id: [0-9]{1,9}}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RolesAllowed(Role.ADMIN)
  public Response update(
      @PathParam("id") int id,
      MultivaluedMap<String, String> fields,
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    Act act = Act.of(() -> calls.update(id, body(fields).json(), security));
    if (act.done()) {
      return Page.to("/organizations", Notice.done("Organization " + id + " is changed."));
    }
    known(id);
    return page(422, id, Fields.of(fields, act), request);
  }

  private static Form body(MultivaluedMap<String, String> fields) {
    Form form = new Form(fields);
    return form.texts("name", "timeZone", "country", "tenant")
        .list("domains", form.several("domains"))
        .flag("active");
  }

  private Response list(int status, Fields fields, HttpServletRequest request) {
    Frame frame = Frame.of(request, Section.ORGANIZATIONS, "Organizations");
    return Page.of(
        status,
        frame,
        (output, forms) ->
            JteorganizationsGenerated.render(output, forms, frame, organizations.all(), fields));
  }

  private Response page(int status, int id, Fields fields, HttpServletRequest request) {
    Frame frame = Frame.of(request, Section.ORGANIZATIONS, "Organization " + id);
    return Page.of(
        status,
        frame,
        (output, forms) -> JteorganizationGenerated.render(output, forms, frame, id, fields));
  }

  private Organization known(int id) {
    return organizations
        .find(id)
        .orElseThrow(() -> new ProblemException(404, "There is no organization " + id + "."));
  }
}
