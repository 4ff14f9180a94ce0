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
import org.waybill.console.RetryResource;
import org.waybill.dispatch.RetryForecast;

/** The retry schedule, drawn, and what another one would do. */
@Dependent
@Path("/retries")
@Produces(Page.HTML)
@RolesAllowed(Role.READER)
public class RetryPages {
  private final RetryResource calls;

  @Inject
  public RetryPages(RetryResource calls) {
    this.calls = calls;
  }

  @GET
  public Response forecast(@Context UriInfo uri, @Context HttpServletRequest request) {
    Frame frame = Frame.of(request, Section.SYSTEM, "Retry schedule");
    Query query = Query.of(uri);
    Parameters parameters = new Parameters(uri);
    RetryForecast inForce = calls.inForce();
    RetryForecast asked = RetryResource.read(parameters);
    RetryForecast shown = asked == null ? inForce : asked;
    Listing<RetryForecast.Attempt> list =
        parameters.violations().isEmpty()
            ? new Listing<>(query, shown.attempts(), null, List.of())
            : Listing.wrong(query, parameters.violations());
    return Page.of(
        list.status(),
        frame,
        (output, forms) ->
            JteretriesGenerated.render(
                output, forms, frame, list, shown, inForce, RetryDrawing.of(shown)));
  }
}
