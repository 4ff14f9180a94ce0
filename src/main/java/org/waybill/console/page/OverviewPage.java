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
import java.util.List;
import org.waybill.access.Role;
import org.waybill.collect.RejectedCauses;
import org.waybill.collect.RejectedDocuments;
import org.waybill.collect.RejectedFilter;
import org.waybill.collect.RejectedState;
import org.waybill.collect.switches.Switches;
import org.waybill.operation.OperationState;
import org.waybill.operation.Operations;
import org.waybill.report.AnswerFigures;
import org.waybill.report.QueueStandings;
import org.waybill.report.Standing;
import org.waybill.report.Standings;
import org.waybill.task.Gateways;

/** How the whole stands, in a glance. */
@Dependent
@Path("/")
@Produces(Page.HTML)
@RolesAllowed(Role.READER)
public class OverviewPage {
  private static final int FEW = 5;
  private static final int SWITCHES = 50;
  private static final RejectedFilter OPEN =
      new RejectedFilter(null, null, null, RejectedState.OPEN, null, null, null);

  private final Standings standings;
  private final Gateways gateways;
  private final QueueStandings queues;
  private final RejectedDocuments documents;
  private final RejectedCauses causes;
  private final Switches switches;
  private final Operations operations;

  @Inject
  public OverviewPage(
      Standings standings,
      Gateways gateways,
      QueueStandings queues,
      RejectedDocuments documents,
      RejectedCauses causes,
      Switches switches,
      Operations operations) {
    this.standings = standings;
    this.gateways = gateways;
    this.queues = queues;
    this.documents = documents;
    this.causes = causes;
    this.switches = switches;
    this.operations = operations;
  }

  @GET
  public Response overview(@Context HttpServletRequest request) {
    Frame frame = Frame.of(request, Section.OVERVIEW, "Overview");
    Overview overview = overview();
    return Page.of(
        frame, (output, forms) -> JteoverviewGenerated.render(output, forms, frame, overview));
  }

  private Overview overview() {
    Standing standing = standings.now();
    List<GatewayView> views =
        gateways.all().stream()
            .map(
                one ->
                    new GatewayView(one, queues.of(one.id()), AnswerFigures.NONE, standing.now()))
            .toList();
    return new Overview(
        standing,
        views,
        documents.open(Overview.COUNTED),
        causes.list(OPEN, null, FEW),
        switches.list(null, null, SWITCHES),
        operations.list(OperationState.RUNNING, null, null, FEW));
  }
}
