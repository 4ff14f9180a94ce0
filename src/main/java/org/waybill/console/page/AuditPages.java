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
import org.jspecify.annotations.Nullable;
import org.waybill.access.AuditLog;
import org.waybill.access.Role;
import org.waybill.console.AuditLogResource;
import org.waybill.console.Parameters;

/** Who changed what, when and why. */
@Dependent
@Path("/audit")
@Produces(Page.HTML)
@RolesAllowed(Role.READER)
public class AuditPages {
  private final AuditLog log;

  @Inject
  public AuditPages(AuditLog log) {
    this.log = log;
  }

  @GET
  public Response list(@Context UriInfo uri, @Context HttpServletRequest request) {
    Frame frame = Frame.of(request, Section.AUDIT, "Audit log");
    Query query = Query.of(uri);
    Parameters parameters = new Parameters(uri);
    AuditLog.Filter filter = AuditLogResource.filter(parameters);
    Long before = parameters.cursor(Long::valueOf);
    int limit = parameters.limit();
    Listing<AuditLog.Line> list =
        parameters.violations().isEmpty()
            ? listing(query, filter, before, limit)
            : Listing.wrong(query, parameters.violations());
    return Page.of(
        list.status(),
        frame,
        (output, forms) -> JteauditGenerated.render(output, forms, frame, list));
  }

  private Listing<AuditLog.Line> listing(
      Query query, AuditLog.Filter filter, @Nullable Long before, int limit) {
    List<AuditLog.Line> found = log.list(filter, before, limit + 1);
    return Listing.of(query, found, limit, AuditLog.Line::id);
  }

  /** The page of what a line is about; null where it has none. */
  static @Nullable String subject(String subject) {
    int space = subject.lastIndexOf(' ');
    String id = subject.substring(space + 1);
    if (space < 0 || !id.matches("[0-9]{1,18}")) {
      return null;
    }
    return switch (subject.substring(0, space)) {
      case "task" -> "/tasks/" + id;
      case "operation" -> "/operations/" + id;
      case "rejected document" -> "/rejected-cdrs/" + id;
      case "gateway" -> "/gateways";
      case "organization" -> "/organizations/" + id;
      case "task rule" -> "/organizations/task-rules";
      default -> null;
    };
  }
}
