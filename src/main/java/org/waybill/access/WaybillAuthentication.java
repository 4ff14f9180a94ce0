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
 * The one way in: HTTP Basic for users, Bearer for API keys. It stands before every address of the
 * server, known or unknown, so nothing is open by having been forgotten.
 */
@ApplicationScoped
public class WaybillAuthentication implements HttpAuthenticationMechanism {
  private static final Logger LOG = System.getLogger(WaybillAuthentication.class.getName());

  /** Compared with the undecoded path, so that no spelling of another address gets through. */
  private static final Set<String> OPEN = Set.of("/health/live", "/health/ready");

  /** RFC 7617, section 2.1. */
  private static final String CHALLENGE = "Basic realm=\"Waybill\", charset=\"UTF-8\"";

  private final PasswordSignIn users;
  private final ApiKeys keys;

  @Inject
  public WaybillAuthentication(PasswordSignIn users, ApiKeys keys) {
    this.users = users;
    this.keys = keys;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected WaybillAuthentication() {
    this.users = null;
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
      SignIn signIn = signIn(request);
      if (signIn instanceof SignIn.Accepted accepted) {
        return context.notifyContainerAboutLogin(accepted.caller(), accepted.caller().roles());
      }
      refuse(signIn, response);
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

  private static void refuse(SignIn signIn, HttpServletResponse response) throws IOException {
    if (signIn instanceof SignIn.TooMany many) {
      response.setHeader("Retry-After", Long.toString(many.retryAfter().toSeconds() + 1));
      Problem.of(429, "Too many wrong passwords came from your address. Wait, then try again.")
          .send(response);
      return;
    }
    response.setHeader("WWW-Authenticate", CHALLENGE);
    Problem.of(401, "Send a user's name and password, or an API key, that are valid here.")
        .send(response);
  }

  private SignIn signIn(HttpServletRequest request) {
    Credentials credentials = Credentials.read(request.getHeader("Authorization"));
    if (credentials instanceof Credentials.Basic basic) {
      return users.signIn(basic.name(), basic.password(), request.getRemoteAddr());
    }
    if (credentials instanceof Credentials.Bearer bearer) {
      Optional<Caller> caller = keys.callerOf(bearer.key());
      return caller.isPresent() ? new SignIn.Accepted(caller.get()) : new SignIn.Refused();
    }
    return new SignIn.Refused();
  }
}
