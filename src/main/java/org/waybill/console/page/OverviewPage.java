package org.waybill.console.page;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Role;
import org.waybill.report.Flow;

/** How the whole stands, in a glance. */
@Dependent
@Path("/")
@Produces(Page.HTML)
@RolesAllowed(Role.READER)
public class OverviewPage {
  private final Lookout lookout;

  @Inject
  public OverviewPage(Lookout lookout) {
    this.lookout = lookout;
  }

  /**
   * The whole.
   *
   * @param span of the charts: 1h (unless told), 24h or 7d
   */
  @GET
  public Response overview(
      @QueryParam("span") @Nullable String span, @Context HttpServletRequest request) {
    Frame frame = Frame.of(request, Section.OVERVIEW, "Overview");
    Overview overview =
        lookout.look(Flow.Span.ofWord(span == null ? "" : span).orElse(Flow.Span.HOUR));
    return Page.of(
        frame, (output, forms) -> JteoverviewGenerated.render(output, forms, frame, overview));
  }
}
