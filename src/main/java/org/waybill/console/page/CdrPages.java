package org.waybill.console.page;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.waybill.access.Organizations;
import org.waybill.access.Role;
import org.waybill.console.CdrResource;
import org.waybill.console.Parameters;
import org.waybill.report.CdrCursor;
import org.waybill.report.CdrFilter;
import org.waybill.report.CdrLine;
import org.waybill.report.CdrSearch;

/** What calls there were, and what became of each. */
@Dependent
@Path("/")
@RolesAllowed(Role.READER)
public class CdrPages {
  private final CdrSearch cdrs;
  private final CdrResource calls;
  private final Organizations organizations;
  private final CdrStory.Stories stories;

  @Inject
  public CdrPages(
      CdrSearch cdrs, CdrResource calls, Organizations organizations, CdrStory.Stories stories) {
    this.cdrs = cdrs;
    this.calls = calls;
    this.organizations = organizations;
    this.stories = stories;
  }

  @GET
  @Path("cdrs")
  @Produces(Page.HTML)
  public Response list(@Context UriInfo uri, @Context HttpServletRequest request) {
    Frame frame = Frame.of(request, Section.CDRS, "CDRs");
    Listing<CdrLine> list = listing(uri);
    if (list.query().value("uuid") != null && list.items().size() == 1) {
      return story(list.items().get(0), request);
    }
    return Page.of(
        list.status(),
        frame,
        (output, forms) ->
            JtecdrsGenerated.render(output, forms, frame, list, organizations.all()));
  }

  /** All that match, to keep. */
  @GET
  @Path("cdrs.csv")
  @Produces("text/csv")
  public Response csv(@Context UriInfo uri) {
    return Response.fromResponse(calls.csv(uri))
        .header("Content-Disposition", "attachment; filename=\"cdrs.csv\"")
        .build();
  }

  @GET
  @Path("cdrs/{uuid}")
  @Produces(Page.HTML)
  public Response find(@PathParam("uuid") String uuid, @Context HttpServletRequest request) {
    CdrStory story = stories.of(calls.stored(uuid));
    Frame frame = Frame.of(request, Section.CDRS, "CDR " + story.cdr().uuid());
    return Page.of(frame, (output, forms) -> JtecdrGenerated.render(output, forms, frame, story));
  }

  /** Who asks for a single one wants to see it. A script goes there only when it is told to. */
  private static Response story(CdrLine line, HttpServletRequest request) {
    String path = "/cdrs/" + line.uuid();
    return request.getHeader("HX-Request") == null
        ? Response.seeOther(URI.create(path)).build()
        : Response.noContent().header("HX-Redirect", path).build();
  }

  private Listing<CdrLine> listing(UriInfo uri) {
    Query query = Query.of(uri);
    Parameters parameters = new Parameters(uri);
    CdrFilter filter = CdrResource.filter(parameters);
    CdrCursor after = parameters.cursor(CdrCursor::parse);
    int limit = parameters.limit();
    if (!parameters.violations().isEmpty()) {
      return Listing.wrong(query, parameters.violations());
    }
    return Listing.of(query, cdrs.page(filter, after, limit));
  }
}
