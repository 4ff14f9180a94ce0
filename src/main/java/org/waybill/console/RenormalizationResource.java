package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.waybill.access.Role;
import org.waybill.amend.Renormalization;
import org.waybill.amend.RenormalizationDryRun;

/** CDRs made anew from their raw documents; the dry run is an operation, too. */
@Dependent
@Path("/api/cdrs/renormalize")
@Produces(MediaType.APPLICATION_JSON)
public class RenormalizationResource {
  private static final BulkOrders.Kinds KINDS =
      new BulkOrders.Kinds(Renormalization.NAME, RenormalizationDryRun.NAME);

  private final BulkOrders bulk;

  @Inject
  public RenormalizationResource(BulkOrders bulk) {
    this.bulk = bulk;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.OPERATOR)
  public Response renormalize(String text, @Context SecurityContext security) {
    return bulk.answer(KINDS, text, filter -> CdrResource.filter(filter).json(), security);
  }
}
