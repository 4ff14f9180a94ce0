package org.waybill.platform;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What this server was told of an OpenID provider, by which people may sign in. */
public final class OidcSettings {
  private static final Set<String> ROLES = Set.of("reader", "operator", "admin");
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Settings settings;

  OidcSettings(Settings settings) {
    this.settings = settings;
  }

  /** As the provider calls itself, to the letter; none: nobody signs in this way. */
  public Optional<URI> issuer() {
    return settings.optional(SettingNames.OIDC_ISSUER);
  }

  /** As the provider calls us; there is one when there is an issuer. */
  public String clientId() {
    return settings.required(SettingNames.OIDC_CLIENT_ID);
  }

  /** None: the provider knows us by PKCE alone. */
  public Optional<String> clientSecret() {
    return settings.optional(SettingNames.OIDC_CLIENT_SECRET);
  }

  /** As people call the provider. */
  public String name() {
    return settings.required(SettingNames.OIDC_NAME);
  }

  public String scopes() {
    return settings.required(SettingNames.OIDC_SCOPES);
  }

  /** Where the ID token says what somebody may do: a claim, or a path of names with dots. */
  public String rolesClaim() {
    return settings.required(SettingNames.OIDC_ROLES_CLAIM);
  }

  /** Our role of each value that the claim may have. */
  public Map<String, String> roles() {
    return settings.required(SettingNames.OIDC_ROLES);
  }

  /** Where the provider leads back to; none: to where the browser says that it is. */
  public Optional<URI> redirectUrl() {
    return settings.optional(SettingNames.OIDC_REDIRECT_URL);
  }

  /** Whoever trusted the provider under other terms must sign in again. */
  public String fingerprint() {
    return String.join(
        "\n",
        issuer().map(URI::toString).orElse(""),
        issuer().isPresent() ? clientId() : "",
        rolesClaim(),
        new TreeMap<>(roles()).toString());
  }

  void contradictions(List<String> problems) {
    boolean client = settings.optional(SettingNames.OIDC_CLIENT_ID).isPresent();
    boolean issuerIsWrong =
        problems.stream().anyMatch(one -> one.startsWith("WAYBILL_OIDC_ISSUER"));
    if (issuer().isPresent() && !client) {
      problems.add(
          "WAYBILL_OIDC_ISSUER is set without WAYBILL_OIDC_CLIENT_ID; set the client as well.");
    }
    if (issuer().isEmpty() && !issuerIsWrong && (client || clientSecret().isPresent())) {
      problems.add(
          "WAYBILL_OIDC_CLIENT_ID or its secret is set without WAYBILL_OIDC_ISSUER; set the issuer,"
              + " or remove them.");
    }
  }

  /** Over HTTPS, or nobody could be sure whose keys they are; on this machine it may be HTTP. */
  static URI parseIssuer(String text) {
    URI issuer = SettingParsers.url("https", "http").parse(text);
    if (issuer.getScheme().equals("http") && !THIS_MACHINE.contains(issuer.getHost())) {
      throw new IllegalArgumentException(
          "set a URL that begins with https://, or with http:// on this machine");
    }
    return issuer;
  }

  /** The last = divides, since names of groups may have some. */
  static Map<String, String> parseRoles(String text) {
    Map<String, String> roles = new LinkedHashMap<>();
    for (String pair : SettingParsers.elements(text)) {
      int equals = pair.lastIndexOf('=');
      String role = pair.substring(equals + 1).strip();
      if (equals < 1 || !ROLES.contains(role)) {
        throw new IllegalArgumentException(
            "set pairs separated by commas, such as noc=operator,waybill-admins=admin; roles are"
                + " reader, operator and admin");
      }
      roles.put(pair.substring(0, equals).strip(), role);
    }
    return roles;
  }
}
