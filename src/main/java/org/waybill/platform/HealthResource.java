package org.waybill.platform;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether this server runs, and whether it can work. Open to all, so that it tells no secret. */
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class HealthResource {
  private static final String UP = "UP";
  private static final String DOWN = "DOWN";

  private final @Nullable Instance<ReadinessCheck> checks;

  protected HealthResource() {
    this(null);
  }

  @Inject
  HealthResource(@Any @Nullable Instance<ReadinessCheck> checks) {
    this.checks = checks;
  }

  /** That it answers at all says that it lives. */
  @GET
  @PermitAll
  @Path("/live")
  public Map<String, Object> live() {
    return Map.of("status", UP, "checks", List.of());
  }

  @GET
  @PermitAll
  @Path("/ready")
  public Response ready() {
    List<Map<String, Object>> answers =
        checks == null ? List.of() : checks.stream().map(HealthResource::answer).toList();
    boolean ready = answers.stream().allMatch(answer -> UP.equals(answer.get("status")));
    return Response.status(ready ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
        .entity(Map.of("status", ready ? UP : DOWN, "checks", answers))
        .build();
  }

  private static Map<String, Object> answer(ReadinessCheck check) {
    Optional<String> obstacle = check.obstacle();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("name", check.name());
    answer.put("status", obstacle.isEmpty() ? UP : DOWN);
    obstacle.ifPresent(reason -> answer.put("data", Map.of("reason", reason)));
    return answer;
  }
}
