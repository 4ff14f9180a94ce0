package org.waybill.console.page;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.ProblemException;

/** Scripts and styles: open to everybody, since the login page needs them. */
@Dependent
@Path("/assets/{name}")
public class AssetResource {
  @GET
  @PermitAll
  public Response asset(
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.ACCEPT_ENCODING) @Nullable String encodings) {
    Asset asset =
        Asset.named(name)
            .orElseThrow(() -> new ProblemException(404, "There is no such file any more."));
    boolean packed = encodings != null && encodings.contains("gzip");
    Response.ResponseBuilder answer =
        Response.ok(packed ? asset.packed() : asset.bytes(), asset.type())
            .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
            .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
            .header("X-Content-Type-Options", "nosniff");
    return packed ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").build() : answer.build();
  }
}
