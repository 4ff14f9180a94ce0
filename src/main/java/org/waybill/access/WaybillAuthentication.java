package org.waybill.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.waybill.platform.DatabaseException;
import org.waybill.platform.Problem;

/**
 * The one way in: a session or HTTP Basic for users, Bearer for API keys, and what switches can do
 * beside: a key in the URL, which libcurl sends as Basic, HTTP Digest, and a client certificate. It
 * stands before every address of the server, known or unknown, so nothing is open by having been
 * forgotten.
 */
@ApplicationScoped
public class WaybillAuthentication implements HttpAuthenticationMechanism {
  private static final Logger LOG = System.getLogger(WaybillAuthentication.class.getName());

  /** Compared with the undecoded path, so that no spelling of another address gets through. */
  private static final Set<String> OPEN =
      Set.of("/health/live", "/health/ready", "/login", "/login/oidc", "/login/oidc/callback");

  /** Scripts and styles, which the login page needs, too. */
  private static final Pattern ASSET = Pattern.compile("/assets/[a-z]+\\.[0-9a-f]{12}\\.[a-z0-9]+");

  /** RFC 7617, section 2.1. */
  private static final String CHALLENGE = "Basic realm=\"Waybill\", charset=\"UTF-8\"";

  private final PasswordSignIn users;
  private final DigestSignIn digests;
  private final ApiKeys keys;
  private final Sessions sessions;

  @Inject
  public WaybillAuthentication(
      PasswordSignIn users, DigestSignIn digests, ApiKeys keys, Sessions sessions) {
    this.users = users;
    this.digests = digests;
    this.keys = keys;
    this.sessions = sessions;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected WaybillAuthentication() {
    this.users = null;
    this.digests = null;
    this.keys = null;
    this.sessions = null;
  }

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
      throws AuthenticationException {
    try {
      if (isOpen(request.getRequestURI().substring(request.getContextPath().length()))) {
        return context.doNothing();
      }
      if (Browser.isForged(request)) {
        return refuseForged(response);
      }
      Credentials credentials = Credentials.read(request.getHeader("Authorization"));
      Session session = credentials instanceof Credentials.None ? Session.shownBy(request) : null;
      Caller person = session == null ? null : sessions.callerOf(session).orElse(null);
      if (session != null && person != null) {
        return admit(session, person, new Exchange(request, response), context);
      }
      SignIn signIn = signIn(credentials, request);
      if (signIn instanceof SignIn.Accepted accepted) {
        return context.notifyContainerAboutLogin(accepted.caller(), accepted.caller().roles());
      }
      refuse(signIn, credentials, request, response);
      return AuthenticationStatus.SEND_FAILURE;
    } catch (DatabaseException | PersistenceException e) {
      return unavailable(response, e);
    } catch (IOException e) {
      throw new AuthenticationException(e);
    }
  }

  /** Nobody's credentials could be looked up yet: that is our fault, not the caller's. */
  private static AuthenticationStatus unavailable(
      HttpServletResponse response, RuntimeException cause) throws AuthenticationException {
    LOG.log(
        Level.ERROR,
        "WB-ACCESS-01 The users and keys could not be read. Check that the database is up. ({0})",
        cause.getMessage());
    try {
      response.setHeader("Retry-After", "2");
      Problem.of(503, "The database does not answer. Try again.").send(response);
      return AuthenticationStatus.SEND_FAILURE;
    } catch (IOException e) {
      throw new AuthenticationException(e);
    }
  }

  private record Exchange(HttpServletRequest request, HttpServletResponse response) {}

  private static AuthenticationStatus admit(
      Session session, Caller person, Exchange exchange, HttpMessageContext context)
      throws IOException {
    if (!Browser.provesIt(exchange.request(), session)) {
      return refuseForged(exchange.response());
    }
    session.admits(exchange.request());
    return context.notifyContainerAboutLogin(person, person.roles());
  }

  private static boolean isOpen(String path) {
    return OPEN.contains(path) || ASSET.matcher(path).matches();
  }

  private static AuthenticationStatus refuseForged(HttpServletResponse response)
      throws IOException {
    Problem.of(403, "This request did not come from a page of this server. Load the page anew.")
        .send(response);
    return AuthenticationStatus.SEND_FAILURE;
  }

  private void refuse(
      SignIn signIn,
      Credentials credentials,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (Browser.isScript(request)) {
      response.setHeader("HX-Refresh", "true");
      response.setHeader("WWW-Authenticate", "Session");
      Problem.of(401, "The session is over. Sign in again.").send(response);
      return;
    }
    if (Browser.wantsPage(request)) {
      Browser.sendToLogin(request, response);
      return;
    }
    if (signIn instanceof SignIn.TooMany many) {
      response.setHeader("Retry-After", Long.toString(many.retryAfter().toSeconds() + 1));
      Problem.of(429, "Too many wrong passwords came from your address. Wait, then try again.")
          .send(response);
      return;
    }
    response.setHeader("WWW-Authenticate", CHALLENGE);
    if (!(credentials instanceof DigestCredentials digest) || digests.serves(digest.name())) {
      digests
          .challenges(signIn)
          .forEach(challenge -> response.addHeader("WWW-Authenticate", challenge));
    }
    Problem.of(401, "Send a user's name and password, or an API key, that are valid here.")
        .send(response);
  }

  private SignIn signIn(Credentials credentials, HttpServletRequest request) {
    if (credentials instanceof Credentials.Basic basic) {
      // libcurl sends http://key@host as Basic, with the key for the name.
      return keys.callerOf(basic.name())
          .or(() -> keys.callerOf(basic.password()))
          .<SignIn>map(SignIn.Accepted::new)
          .orElseGet(() -> users.signIn(basic.name(), basic.password(), request.getRemoteAddr()));
    }
    if (credentials instanceof DigestCredentials digest) {
      return digests.signIn(digest, request.getMethod(), target(request), request.getRemoteAddr());
    }
    return credentials instanceof Credentials.Bearer bearer
        ? ofCaller(keys.callerOf(bearer.key()))
        : ofCaller(ClientCertificate.name(request).flatMap(keys::callerNamed));
  }

  private static SignIn ofCaller(Optional<Caller> caller) {
    return caller.<SignIn>map(SignIn.Accepted::new).orElseGet(SignIn.Refused::new);
  }

  private static String target(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
  }
}
