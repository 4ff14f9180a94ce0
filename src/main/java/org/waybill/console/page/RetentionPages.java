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
import java.time.LocalDate;
import java.util.List;
import org.waybill.access.Role;
import org.waybill.cdr.Usage;
import org.waybill.cdr.Usages;
import org.waybill.console.Parameters;

/** What is stored of each day, and when it leaves. */
@Dependent
@Path("/retention")
@Produces(Page.HTML)
@RolesAllowed(Role.READER)
public class RetentionPages {
  private static final List<String> OF_TASKS =
      List.of("tasks", "tasks_data", "tasks_error", "attempts");

  private final Usages usages;

  @Inject
  public RetentionPages(Usages usages) {
    this.usages = usages;
  }

  @GET
  public Response usage(@Context UriInfo uri, @Context HttpServletRequest request) {
    new Parameters(uri).done();
    Frame frame = Frame.of(request, Section.SYSTEM, "Retention and partitions");
    Usage usage = usages.now();
    return Page.of(
        frame, (output, forms) -> JteretentionGenerated.render(output, forms, frame, usage));
  }

  /** The day of a partition, or which days are together in it. */
  static String days(Usage.Span span) {
    LocalDate from = span.from();
    LocalDate until = span.until();
    if (span.isDay()) {
      return String.valueOf(from);
    }
    if (from == null) {
      return until == null ? "all" : "before " + until;
    }
    return until == null ? from + " and later" : from + " to " + until.minusDays(1);
  }

  /** Of tasks with their errors and attempts. */
  static long taskBytes(Usage.Span span) {
    return OF_TASKS.stream().mapToLong(table -> span.of(table).bytes()).sum();
  }

  /** Whether its time is over. */
  static boolean isDue(Usage.Span span, Usage usage) {
    return span.leaves() != null && span.leaves().isBefore(usage.at());
  }
}
