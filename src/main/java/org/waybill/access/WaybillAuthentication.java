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
import org.waybill.platform.DatabaseException;
import org.waybill.platform.Problem;

/**
 * The one way in: HTTP Basic for users, Bearer for API keys, and what switches can do beside: a key
 * in the URL, which libcurl sends as Basic, HTTP Digest, and a client certificate. It stands before
 * every address of the server, known or unknown, so nothing is open by having been forgotten.
 */
@ApplicationScoped
public class WaybillAuthentication implements HttpAuthenticationMechanism {
  private static final Logger LOG = System.getLogger(WaybillAuthentication.class.getName());

  /** Compared with the undecoded path, so that no spelling of another address gets through. */
  private static final Set<String> OPEN = Set.of("/health/live", "/health/ready");

  /** RFC 7617, section 2.1. */
  private static final String CHALLENGE = "Basic realm=\"Waybill\", charset=\"UTF-8\"";

  private final PasswordSignIn users;
  private final DigestSignIn digests;
  private final ApiKeys keys;

  @Inject
  public WaybillAuthentication(PasswordSignIn users, DigestSignIn digests, ApiKeys keys) {
    this.users = users;
    this.digests = digests;
    this.keys = keys;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected WaybillAuthentication() {
    this.users = null;
    this.digests = null;
    this.keys = null;
  }

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
      throws AuthenticationException {
    try {
      if (OPEN.contains(request.getRequestURI().substring(request.getContextPath().length()))) {
        return context.doNothing();
      }
      Credentials credentials = Credentials.read(request.getHeader("Authorization"));
      SignIn signIn = signIn(credentials, request);
      if (signIn instanceof SignIn.Accepted accepted) {
        return context.notifyContainerAboutLogin(accepted.caller(), accepted.caller().roles());
      }
      refuse(signIn, credentials, response);
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

  private void refuse(SignIn signIn, Credentials credentials, HttpServletResponse response)
      throws IOException {
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
