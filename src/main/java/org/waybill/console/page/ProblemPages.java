package org.waybill.console.page;

import jakarta.annotation.Priority;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/** Problems as pages for browsers that asked for a page; machines get them as they are. */
@Provider
@Priority(Priorities.USER)
public class ProblemPages implements ContainerResponseFilter {
  @Context private @Nullable HttpServletRequest servlet;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    String accept = request.getHeaderString(HttpHeaders.ACCEPT);
    boolean wantsPage =
        accept != null
            && accept.contains(MediaType.TEXT_HTML)
            && !request.getUriInfo().getPath().startsWith("api/")
            && !request.getUriInfo().getPath().startsWith("/api/");
    if (servlet == null
        || !wantsPage
        || response.getStatus() < 400
        || !(response.getEntity() instanceof String problem)) {
      return;
    }
    int status = response.getStatus();
    Frame frame = Frame.of(servlet, null, title(status));
    Response page =
        Page.of(
            status,
            frame,
            (output, forms) ->
                JteproblemGenerated.render(output, forms, frame, status, detail(problem)));
    page.getHeaders().forEach((name, values) -> response.getHeaders().put(name, values));
    response.setEntity(page.getEntity(), null, MediaType.valueOf(Page.HTML));
  }

  private static String detail(String problem) {
    try (JsonReader reader = Json.createReader(new StringReader(problem))) {
      JsonObject json = reader.readObject();
      return json.getString("detail", "");
    }
  }

  private static String title(int status) {
    return switch (status) {
      case 403 -> "Not for your roles";
      case 404 -> "Not found";
      case 503 -> "Not now";
      default -> status >= 500 ? "Something broke" : "That did not work";
    };
  }
}
