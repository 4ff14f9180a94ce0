package org.waybill.console.page;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Role;
import org.waybill.access.Session;
import org.waybill.access.Sessions;
import org.waybill.access.oidc.OpenIdConnect;

/** Where people sign in and out. */
@Dependent
@Path("/")
@Produces(Page.HTML)
public class LoginPage {
  private final Sessions sessions;
  private final OpenIdConnect oidc;

  @Inject
  public LoginPage(Sessions sessions, OpenIdConnect oidc) {
    this.sessions = sessions;
    this.oidc = oidc;
  }

  @GET
  @Path("login")
  @PermitAll
  public Response form(@QueryParam("to") @Nullable String to, @Context HttpServletRequest request) {
    return page(200, fields("", to, null), request);
  }

  @POST
  @Path("login")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermitAll
  public Response signIn(
      @FormParam("name") @Nullable String name,
      @FormParam("password") @Nullable String password,
      @FormParam("to") @Nullable String to,
      @Context HttpServletRequest request) {
    String given = name == null ? "" : name.strip();
    if ("cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
      return page(403, fields(given, to, "Sign in from this page."), request);
    }
    Sessions.Entry entry =
        sessions.begin(given, password == null ? "" : password, request.getRemoteAddr());
    if (entry instanceof Sessions.Entry.Begun begun) {
      return Response.seeOther(URI.create(inside(to)))
          .cookie(cookie(begun.session().token(), request))
          .build();
    }
    return page(status(entry), fields(given, to, sentence(entry)), request);
  }

  @POST
  @Path("logout")
  @RolesAllowed(Role.READER)
  public Response signOut(@Context HttpServletRequest request) {
    URI farewell =
        Session.of(request)
            .flatMap(sessions::end)
            .flatMap(token -> oidc.farewell(token, ThisServer.of(request)))
            .orElse(null);
    Response answer =
        farewell == null
            ? Response.seeOther(URI.create("/login")).build()
            : signedOut(farewell, request);
    return Response.fromResponse(answer)
        .cookie(new NewCookie.Builder(Session.COOKIE).value("").path("/").maxAge(0).build())
        .build();
  }

  /** A page and no redirect: our policy lets forms lead nowhere else. */
  private Response signedOut(URI farewell, HttpServletRequest request) {
    Frame frame = Frame.of(request, null, "Signed out");
    String provider = oidc.provider().orElse("");
    return Page.of(
        frame,
        (output, forms) ->
            JtesignedoutGenerated.render(output, forms, frame, provider, farewell.toString()));
  }

  /**
   * What stands in the form, and what was wrong with it.
   *
   * @param provider where one may sign in instead; null where none is configured
   */
  record Fields(String name, String to, @Nullable String provider, @Nullable String problem) {
    String atProvider() {
      return "/login/oidc?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8);
    }
  }

  private Fields fields(String name, @Nullable String to, @Nullable String problem) {
    return new Fields(name, inside(to), oidc.provider().orElse(null), problem);
  }

  static Response page(int status, Fields fields, HttpServletRequest request) {
    Frame frame = Frame.of(request, null, "Sign in");
    return Page.of(
        status, frame, (output, forms) -> JteloginGenerated.render(output, forms, frame, fields));
  }

  private static int status(Sessions.Entry entry) {
    return entry instanceof Sessions.Entry.Locked ? 429 : 401;
  }

  private static String sentence(Sessions.Entry entry) {
    if (entry instanceof Sessions.Entry.Locked locked) {
      return "Too many wrong passwords. Wait " + words(locked.retryAfter()) + ", then try again.";
    }
    return entry instanceof Sessions.Entry.NoReader
        ? "This user may only send documents. Ask an admin for the role reader."
        : "Nobody has this name and password.";
  }

  private static String words(Duration wait) {
    long minutes = wait.toMinutes();
    return minutes == 0 ? "a minute" : (minutes + 1) + " minutes";
  }

  /**
   * Only to pages of ours: a link from elsewhere must not lead on to elsewhere. What is no address,
   * such as one with braces in its query, must not break the signing in.
   */
  static String inside(@Nullable String to) {
    if (to == null || !to.matches("/[\\x21-\\x7e]*") || to.startsWith("//")) {
      return "/";
    }
    try {
      return new URI(to).getRawAuthority() == null ? to : "/";
    } catch (URISyntaxException e) {
      return "/";
    }
  }

  static NewCookie cookie(String token, HttpServletRequest request) {
    return new NewCookie.Builder(Session.COOKIE)
        .value(token)
        .path("/")
        .httpOnly(true)
        .secure(ThisServer.isSecure(request))
        .sameSite(NewCookie.SameSite.LAX)
        .build();
  }
}
