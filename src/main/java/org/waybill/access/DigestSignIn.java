package org.waybill.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.waybill.access.StoredDigest.DigestAlgorithm;
import org.waybill.platform.Database;

/**
 * Signs switches in by HTTP Digest (RFC 7616): users that opted in and are nothing but switches.
 */
@ApplicationScoped
public class DigestSignIn {
  private final Users users;
  private final DigestNonces nonces;
  private final WrongPasswords wrong;

  @Inject
  public DigestSignIn(Users users, Database database, Clock clock) {
    this.users = users;
    SharedSecret secret = new SharedSecret(database, "digest-nonce");
    this.nonces = new DigestNonces(clock, secret::bytes);
    this.wrong = new WrongPasswords(clock);
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected DigestSignIn() {
    this.users = null;
    this.nonces = null;
    this.wrong = null;
  }

  /**
   * @param target of the request line, which the credentials must have been made for
   * @param address where the request came from
   */
  SignIn signIn(DigestCredentials given, String method, String target, String address) {
    Duration wait = wrong.wait(given.name(), address);
    if (!wait.isZero()) {
      return new SignIn.TooMany(wait);
    }
    Optional<User> user = switchNamed(given.name());
    if (user.isEmpty() || !target.equals(given.uri()) || !matches(user.get(), given, method)) {
      wrong.count(given.name(), address);
      return new SignIn.Refused();
    }
    return nonces.use(given.nonce(), given.count())
        ? new SignIn.Accepted(user.get().caller())
        : new SignIn.Stale();
  }

  /**
   * The challenges to send beside that of Basic: none while nobody has opted in, since a client
   * that may choose takes Digest and would then fail.
   */
  List<String> challenges(SignIn refused) {
    List<String> challenges = new ArrayList<>();
    if (users.anyDigest()) {
      for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
        challenges.add(
            "Digest realm=\"%s\", qop=\"auth\", algorithm=%s, nonce=\"%s\"%s, charset=UTF-8"
                .formatted(
                    StoredDigest.REALM,
                    algorithm.word(),
                    nonces.fresh(),
                    refused instanceof SignIn.Stale ? ", stale=true" : ""));
      }
    }
    return challenges;
  }

  /** Whether Digest is of use to a user of this name: one without must try Basic. */
  boolean serves(String name) {
    return switchNamed(name).isPresent();
  }

  private Optional<User> switchNamed(String name) {
    return users.find(name).filter(User::active).filter(user -> user.digest() != null);
  }

  private static boolean matches(User user, DigestCredentials given, String method) {
    StoredDigest stored = user.digest();
    return stored != null
        && MessageDigest.isEqual(bytes(given.expected(stored, method)), bytes(given.response()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
