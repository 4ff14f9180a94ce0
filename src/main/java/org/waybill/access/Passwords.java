package org.waybill.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.PasswordHash;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Map;

/** The platform's slow hash of passwords, at the strength that OWASP asks of SHA-512. */
@ApplicationScoped
public class Passwords {
  private static final Map<String, String> STRENGTH =
      Map.of(
          "Pbkdf2PasswordHash.Algorithm", "PBKDF2WithHmacSHA512",
          "Pbkdf2PasswordHash.Iterations", "210000",
          "Pbkdf2PasswordHash.SaltSizeBytes", "16",
          "Pbkdf2PasswordHash.KeySizeBytes", "32");

  private final PasswordHash hash;

  @Inject
  Passwords(Pbkdf2PasswordHash hash) {
    this(hash, STRENGTH);
  }

  Passwords(PasswordHash hash, Map<String, String> strength) {
    this.hash = hash;
    hash.initialize(strength);
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected Passwords() {
    this.hash = null;
  }

  String hash(String password) {
    return hash.generate(password.toCharArray());
  }

  boolean matches(String password, String hashed) {
    return hash.verify(password.toCharArray(), hashed);
  }
}
