package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.access.ApiKey;
import org.waybill.access.ApiKeys;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.platform.ProblemException;

/** The keys of machines. */
@Dependent
@Path("/api/keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMIN)
public class KeyResource {
  private static final int NAME = 100;

  private final ApiKeys keys;

  @Inject
  public KeyResource(ApiKeys keys) {
    this.keys = keys;
  }

  @GET
  public String list(@Context UriInfo uri) {
    new Parameters(uri).done();
    return JsonMembers.list(keys.all(), key -> json(key, null).build());
  }

  /** The one answer that shows the key. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response issue(String text, @Context SecurityContext security) {
    JsonBody body = JsonBody.read(text);
    String name = body.text("name", NAME);
    Set<String> roles = Roles.read(body, true);
    Set<Integer> organizations = body.numbers("organizations", 1);
    body.done();
    ApiKeys.Issued issued =
        keys.issue(
            name,
            roles == null ? Set.of() : roles,
            organizations == null ? Set.of() : organizations,
            Caller.of(security.getUserPrincipal()).name());
    return Response.created(URI.create("/api/keys/" + issued.values().id()))
        .header("Cache-Control", "no-store")
        .entity(json(issued.values(), issued.key()).build().toString())
        .build();
  }

  @DELETE
  @Path("{id: [0-9]{1,9}}")
  public void revoke(@PathParam("id") int id, @Context SecurityContext security) {
    if (!keys.revoke(id, Caller.of(security.getUserPrincipal()).name())) {
      throw new ProblemException(404, "There is no key " + id + ".");
    }
  }

  private static JsonMembers json(ApiKey key, @Nullable String secret) {
    JsonMembers json = new JsonMembers();
    if (secret != null) {
      json.add("key", secret);
    }
    return json.add("id", key.id())
        .add("name", key.name())
        .addWords("roles", key.roles())
        .addNumbers("organizations", key.organizations());
  }
}
