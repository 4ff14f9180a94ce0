package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.waybill.access.Role;

/**
 * The description of every address. It is kept by hand, for its reader's sake; a test holds it to
 * what the server really answers.
 */
@Dependent
@Path("/openapi")
public class OpenApiResource {
  @GET
  @RolesAllowed({Role.READER, Role.SWITCH})
  public Response description() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(OpenApiResource.class.getResourceAsStream("/openapi.yaml"))) {
      return Response.ok(file.readAllBytes(), "application/yaml;charset=UTF-8").build();
    }
  }
}
