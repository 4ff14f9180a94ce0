package org.waybill.console.page;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;
import org.waybill.access.ApiKeys;
import org.waybill.access.Role;
import org.waybill.access.Users;
import org.waybill.console.KeyResource;
import org.waybill.console.UserResource;

/** People and machines that may sign in. */
@Dependent
@Path("/organizations")
@Produces(Page.HTML)
@RolesAllowed(Role.ADMIN)
public class AccessPages {
  private static final String USERS = "/organizations/users";
  private static final String KEYS = "/organizations/keys";

  private final Users users;
  private final ApiKeys keys;
  private final UserResource userCalls;
  private final KeyResource keyCalls;

  @Inject
  public AccessPages(Users users, ApiKeys keys, UserResource userCalls, KeyResource keyCalls) {
    this.users = users;
    this.keys = keys;
    this.userCalls = userCalls;
    this.keyCalls = keyCalls;
  }

  @GET
  @Path("users")
  public Response users(@Context HttpServletRequest request) {
    return users(200, Fields.none(), request);
  }

  @POST
  @Path("users")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response addUser(
      MultivaluedMap<String, String> fields,
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    Form form = new Form(fields);
    String body = form.texts("name", "password").list("roles", form.all("roles")).json();
    Act act = Act.ofResponse(() -> userCalls.add(body, security));
    return act.done()
        ? Page.to(USERS, Notice.done("User " + form.orEmpty("name") + " may sign in now."))
        : users(422, Fields.of(fields, act), request);
  }

  /** An empty password stays as it is. */
  @POST
  @Path("users/{id: [0-9]{1,9}}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response updateUser(
      @PathParam("id") int id,
      MultivaluedMap<String, String> fields,
      @Context SecurityContext security) {
    Form form = new Form(fields);
    String body = form.texts("password").list("roles", form.all("roles")).flag("active").json();
    Act act = Act.of(() -> userCalls.update(id, body, security));
    return Page.to(USERS, act.notice("The user is changed."));
  }

  @POST
  @Path("users/{id: [0-9]{1,9}}/remove")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response removeUser(@PathParam("id") int id, @Context SecurityContext security) {
    Act act = Act.ofSilent(() -> userCalls.remove(id, security));
    return Page.to(USERS, act.notice("The user is removed."));
  }

  @GET
  @Path("keys")
  public Response keys(@Context HttpServletRequest request) {
    return keys(200, Fields.none(), null, request);
  }

  /** The one page that shows the key. */
  @POST
  @Path("keys")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response issueKey(
      MultivaluedMap<String, String> fields,
      @Context HttpServletRequest request,
      @Context SecurityContext security) {
    Form form = new Form(fields);
    String body =
        form.texts("name")
            .list("roles", form.all("roles"))
            .numbers("organizations", form.several("organizations"))
            .json();
    Act act = Act.ofResponse(() -> keyCalls.issue(body, security));
    JsonObject answer = act.answer();
    return answer != null
        ? keys(200, Fields.none(), answer.getString("key"), request)
        : keys(422, Fields.of(fields, act), null, request);
  }

  @POST
  @Path("keys/{id: [0-9]{1,9}}/revoke")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response revokeKey(@PathParam("id") int id, @Context SecurityContext security) {
    Act act = Act.ofSilent(() -> keyCalls.revoke(id, security));
    return Page.to(KEYS, act.notice("The key opens nothing any more."));
  }

  private Response users(int status, Fields fields, HttpServletRequest request) {
    Frame frame = Frame.of(request, Section.ORGANIZATIONS, "Users");
    return Page.of(
        status,
        frame,
        (output, forms) -> JteusersGenerated.render(output, forms, frame, users.all(), fields));
  }

  private Response keys(
      int status, Fields fields, @Nullable String issued, HttpServletRequest request) {
    Frame frame = Frame.of(request, Section.ORGANIZATIONS, "API keys");
    return Page.of(
        status,
        frame,
        (output, forms) ->
            JtekeysGenerated.render(
                output, forms, frame, keys.all(), fields, issued == null ? "" : issued));
  }
}
