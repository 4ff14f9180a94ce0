package org.waybill.access;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Who shows a client certificate. TLS has proven by then that the authority of
 * WAYBILL_HTTPS_CLIENT_CA signed it; its common name is the name of an API key.
 */
final class ClientCertificate {
  /** Jakarta Servlet, section "SSL Attributes". */
  private static final String ATTRIBUTE = "jakarta.servlet.request.X509Certificate";

  private ClientCertificate() {}

  /** The common name of its subject. */
  static Optional<String> name(HttpServletRequest request) {
    if (request.isSecure()
        && request.getAttribute(ATTRIBUTE) instanceof X509Certificate[] chain
        && chain.length > 0) {
      return commonName(chain[0].getSubjectX500Principal().getName());
    }
    return Optional.empty();
  }

  static Optional<String> commonName(String subject) {
    try {
      for (Rdn part : new LdapName(subject).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String name) {
          return Optional.of(name);
        }
      }
    } catch (InvalidNameException e) {
      return Optional.empty(); // nobody has a key of an unreadable name
    }
    return Optional.empty();
  }
}
