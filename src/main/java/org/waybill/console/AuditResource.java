package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.waybill.access.Role;
import org.waybill.cdr.Folding;
import org.waybill.cdr.TableSuffix;
import org.waybill.collect.GroupCommit;
import org.waybill.report.CallAudit;
import org.waybill.report.LedgerLine;
import org.waybill.report.LedgerReport;

/** Whether all that came in is there, and is counted once. */
@Dependent
@Path("/api/audit")
@RolesAllowed(Role.READER)
public class AuditResource {
  private final LedgerReport ledger;
  private final CallAudit calls;
  private final Folding folding;
  private final GroupCommit commits;
  private final Clock clock;

  @Inject
  public AuditResource(
      LedgerReport ledger, CallAudit calls, Folding folding, GroupCommit commits, Clock clock) {
    this.ledger = ledger;
    this.calls = calls;
    this.folding = folding;
    this.commits = commits;
    this.clock = clock;
  }

  /** The books of a day. */
  public record Asked(LocalDate day, List<LedgerLine> lines) {
    public boolean isBalanced() {
      return lines.stream().allMatch(LedgerLine::isBalanced);
    }
  }

  @GET
  @Path("ledger")
  @Produces(MediaType.APPLICATION_JSON)
  public String ledger(@Context UriInfo uri) {
    Asked asked = asked(uri);
    return new JsonMembers()
        .add("day", asked.day().toString())
        .add("balanced", asked.isBalanced())
        .add("inFlight", commits.waiting())
        .addAll("items", asked.lines(), LedgerViews::line)
        .add("next", (String) null)
        .build()
        .toString();
  }

  @GET
  @Path("ledger")
  @Produces("text/csv;qs=0.5")
  public Response ledgerCsv(@Context UriInfo uri) {
    return Response.ok(LedgerViews.csv(asked(uri).lines()), "text/csv;charset=UTF-8").build();
  }

  /** Reads the books that an address asks for; a page of them takes the same parameters. */
  public Asked asked(UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    LocalDate day = day(parameters);
    boolean recompute = Boolean.TRUE.equals(parameters.flag("recompute"));
    parameters.done();
    return new Asked(day, ledger.read(day, day.plusDays(1), recompute));
  }

  /** Compares the sums of calls that began on a day with these calls. */
  @GET
  @Path("statistics")
  @Produces(MediaType.APPLICATION_JSON)
  public String statistics(@Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    LocalDate day = day(parameters);
    parameters.done();
    return compared(day);
  }

  /** Makes the sums of a day anew from its calls. */
  @POST
  @Path("statistics/recount")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.ADMIN)
  public String recount(@Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    LocalDate day = day(parameters);
    parameters.done();
    for (int around = -1; around <= 1; around++) {
      folding.recount(new TableSuffix(day.plusDays(around)));
    }
    return compared(day);
  }

  private String compared(LocalDate day) {
    List<CallAudit.Difference> differences = calls.differences(day);
    return new JsonMembers()
        .add("day", day.toString())
        .add("balanced", differences.isEmpty())
        .addAll("items", differences, LedgerViews::difference)
        .add("next", (String) null)
        .build()
        .toString();
  }

  private LocalDate day(Parameters parameters) {
    LocalDate day = parameters.day("day");
    return day == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : day;
  }
}
