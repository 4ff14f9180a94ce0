package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.access.User;
import org.waybill.access.Users;
import org.waybill.platform.ProblemException;

/** Who may sign in with a password. */
@Dependent
@Path("/api/users")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.ADMIN)
public class UserResource {
  private static final int NAME = 100;
  private static final int SHORTEST_PASSWORD = 8;
  private static final int LONGEST_PASSWORD = 200;

  private final Users users;

  @Inject
  public UserResource(Users users) {
    this.users = users;
  }

  @GET
  public String list(@Context UriInfo uri) {
    new Parameters(uri).done();
    return JsonMembers.list(users.all(), UserResource::json);
  }

  @GET
  @Path("{id: [0-9]{1,9}}")
  public String find(@PathParam("id") int id) {
    return json(users.find(id).orElseThrow(() -> missing(id))).toString();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response add(String text, @Context SecurityContext security) {
    JsonBody body = JsonBody.read(text);
    String name = body.text("name", NAME);
    if (name.contains(":")) {
      body.wrong("name", "It must not have a colon, which HTTP Basic cannot send.");
    }
    Users.Change first = change(body, true, null);
    body.done();
    User added = users.add(name, first, who(security));
    return Response.created(URI.create("/api/users/" + added.id()))
        .entity(json(added).toString())
        .build();
  }

  /** What is left out stays as it is. */
  @PUT
  @Path("{id: [0-9]{1,9}}")
  @Consumes(MediaType.APPLICATION_JSON)
  public String update(@PathParam("id") int id, String text, @Context SecurityContext security) {
    User before = users.find(id).orElseThrow(() -> missing(id));
    JsonBody body = JsonBody.read(text);
    String name = body.optionalText("name", NAME);
    if (name != null && !name.equals(before.name())) {
      body.wrong("name", "It cannot be changed: make another user.");
    }
    Users.Change change = change(body, false, before);
    body.done();
    return json(users.update(id, change, who(security)).orElseThrow(() -> missing(id))).toString();
  }

  @DELETE
  @Path("{id: [0-9]{1,9}}")
  public void remove(@PathParam("id") int id, @Context SecurityContext security) {
    if (!users.remove(id, who(security))) {
      throw missing(id);
    }
  }

  private static Users.Change change(JsonBody body, boolean isNew, @Nullable User before) {
    String password = password(body, isNew);
    Set<String> roles = Roles.read(body, isNew);
    Boolean active = isNew ? Boolean.TRUE : body.optionalFlag("active");
    Boolean digest = body.optionalFlag("digest");
    if (Boolean.TRUE.equals(digest)) {
      Set<String> held = roles == null && before != null ? before.roles() : roles;
      if (!Set.of(Role.SWITCH).equals(held)) {
        body.wrong("digest", "Only a user with no role but switch may have HTTP Digest.");
      }
      if (password == null && (before == null || !before.hasDigest())) {
        body.wrong("digest", "It must be turned on together with a password.");
      }
    }
    return new Users.Change(password, roles, active, digest);
  }

  private static @Nullable String password(JsonBody body, boolean required) {
    String password =
        required
            ? body.text("password", LONGEST_PASSWORD)
            : body.optionalText("password", LONGEST_PASSWORD);
    if (password != null && !password.isEmpty() && password.length() < SHORTEST_PASSWORD) {
      body.wrong("password", "It must have " + SHORTEST_PASSWORD + " characters or more.");
    }
    return password;
  }

  private static JsonObject json(User user) {
    return new JsonMembers()
        .add("id", user.id())
        .add("name", user.name())
        .addWords("roles", user.roles())
        .add("active", user.active())
        .add("digest", user.hasDigest())
        .build();
  }

  private static String who(SecurityContext security) {
    return Caller.of(security.getUserPrincipal()).name();
  }

  private static ProblemException missing(int id) {
    return new ProblemException(404, "There is no user " + id + ".");
  }
}
