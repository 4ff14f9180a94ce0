package org.waybill.console.page;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Identity;
import org.waybill.access.Sessions;
import org.waybill.access.oidc.Arrival;
import org.waybill.access.oidc.Departure;
import org.waybill.access.oidc.OpenIdConnect;

/** The way to the OpenID provider and back. */
@Dependent
@Path("/login/oidc")
@Produces(Page.HTML)
public class OidcPages {
  private static final String COOKIE = "waybill-oidc";
  private static final String PATH = "/login/oidc";
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final OpenIdConnect oidc;
  private final Sessions sessions;

  @Inject
  public OidcPages(OpenIdConnect oidc, Sessions sessions) {
    this.oidc = oidc;
    this.sessions = sessions;
  }

  @GET
  @PermitAll
  public Response leave(
      @QueryParam("to") @Nullable String to, @Context HttpServletRequest request) {
    String name = name();
    String wanted = LoginPage.inside(to);
    if (oidc.depart(wanted, ThisServer.of(request)) instanceof Departure.Leaves leaves) {
      return Response.seeOther(leaves.to())
          .header("Cache-Control", "no-store")
          .cookie(cookie(leaves.cookie(), (int) LONGEST.toSeconds(), request))
          .build();
    }
    return problem(503, wanted, away(name), request);
  }

  @GET
  @Path("callback")
  @PermitAll
  public Response comeBack(
      @QueryParam("code") @Nullable String code,
      @QueryParam("state") @Nullable String state,
      @CookieParam(COOKIE) @Nullable String cookie,
      @Context HttpServletRequest request) {
    String name = name();
    Arrival arrival = oidc.arrive(code, state, cookie, ThisServer.of(request));
    Response answer =
        arrival instanceof Arrival.Known known
            ? letIn(known, name, request)
            : problem(status(arrival), "/", sentence(arrival, name), request);
    return Response.fromResponse(answer).cookie(cookie("", 0, request)).build();
  }

  private Response letIn(Arrival.Known known, String name, HttpServletRequest request) {
    Identity identity = known.identity();
    Sessions.Entry entry = sessions.begin(identity, request.getRemoteAddr());
    return entry instanceof Sessions.Entry.Begun begun
        ? Response.seeOther(URI.create(LoginPage.inside(known.to())))
            .header("Cache-Control", "no-store")
            .cookie(LoginPage.cookie(begun.session().token(), request))
            .build()
        : problem(403, "/", noRole(name, identity.name()), request);
  }

  private String name() {
    return oidc.provider().orElseThrow(NotFoundException::new);
  }

  private Response problem(int status, String to, String sentence, HttpServletRequest request) {
    return LoginPage.page(
        status, new LoginPage.Fields("", to, oidc.provider().orElse(null), sentence), request);
  }

  private static int status(Arrival arrival) {
    if (arrival instanceof Arrival.Away) {
      return 503;
    }
    return arrival instanceof Arrival.NoRole ? 403 : 401;
  }

  private static String sentence(Arrival arrival, String provider) {
    if (arrival instanceof Arrival.Away) {
      return away(provider);
    }
    if (arrival instanceof Arrival.NoRole nobody) {
      return noRole(provider, nobody.name());
    }
    return arrival instanceof Arrival.Stray
        ? "This sign-in was not begun in this browser, or more than ten minutes ago. Try again."
        : provider + " did not let you in. Try again; an admin finds the reason in the log.";
  }

  private static String away(String provider) {
    return provider
        + " cannot be reached just now. Try again in a moment, or sign in as a user of this server.";
  }

  private static String noRole(String provider, String name) {
    return "%s knows you as %s, but gives you no role here. Ask an admin for one."
        .formatted(provider, name);
  }

  private static NewCookie cookie(String value, int seconds, HttpServletRequest request) {
    return new NewCookie.Builder(COOKIE)
        .value(value)
        .path(PATH)
        .maxAge(seconds)
        .httpOnly(true)
        .secure(ThisServer.isSecure(request))
        .sameSite(NewCookie.SameSite.LAX)
        .build();
  }
}
