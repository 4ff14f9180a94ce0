package org.waybill.console.page;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.waybill.access.Role;
import org.waybill.console.Parameters;
import org.waybill.report.ErrorGroup.Told;
import org.waybill.report.ErrorGroups;

/** Failures by what they say: the few causes behind many tasks. */
@Dependent
@Path("/errors")
@Produces(Page.HTML)
@RolesAllowed(Role.READER)
public class ErrorPages {
  private final ErrorGroups groups;

  @Inject
  public ErrorPages(ErrorGroups groups) {
    this.groups = groups;
  }

  @GET
  public Response list(@Context UriInfo uri, @Context HttpServletRequest request) {
    Frame frame = Frame.of(request, Section.ERRORS, "Errors");
    Listing<Told> list = listing(uri);
    return Page.of(
        list.status(),
        frame,
        (output, forms) -> JteerrorsGenerated.render(output, forms, frame, list));
  }

  /** How much there is to do about the causes of a page. */
  static String undone(Listing<Told> list) {
    long tasks = list.items().stream().mapToLong(told -> told.group().count()).sum();
    return tasks == 0
        ? "Nothing is left to do"
        : Show.number(tasks) + (tasks == 1 ? " task is" : " tasks are") + " not done";
  }

  private Listing<Told> listing(UriInfo uri) {
    Query query = Query.of(uri);
    Parameters parameters = new Parameters(uri);
    String after = parameters.cursor(cursor -> cursor);
    int limit = parameters.limit();
    if (!parameters.violations().isEmpty()) {
      return Listing.wrong(query, parameters.violations());
    }
    List<Told> found = groups.list(after, limit + 1);
    return Listing.of(query, found, limit, told -> told.group().fingerprint());
  }
}
