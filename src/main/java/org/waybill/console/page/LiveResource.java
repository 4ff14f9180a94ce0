package org.waybill.console.page;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Role;

/** The stream by which open pages hear that something has changed. */
@Dependent
@Path("/live")
public class LiveResource {
  private final Live live;

  @Inject
  public LiveResource(Live live) {
    this.live = live;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RolesAllowed(Role.READER)
  public void follow(
      @QueryParam("topics") @Nullable String topics,
      @Context SseEventSink sink,
      @Context Sse sse,
      @Context HttpServletResponse response) {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    Set<String> named = new TreeSet<>(List.of((topics == null ? "" : topics).split(",", 10)));
    named.remove("");
    live.follow(named, sink, sse);
  }
}
