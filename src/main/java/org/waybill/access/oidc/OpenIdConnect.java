package org.waybill.access.oidc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.platform.OidcSettings;
import org.waybill.platform.Settings;

/** The way in by an OpenID provider, where one is configured. */
@ApplicationScoped
public class OpenIdConnect {
  /** Where the provider leads browsers back to. */
  public static final String BACK = "/login/oidc/callback";

  private final OidcSettings terms;
  private final @Nullable RelyingParty party;

  @Inject
  public OpenIdConnect(Settings settings, Clock clock) {
    this.terms = settings.oidc();
    this.party = terms.issuer().map(issuer -> new RelyingParty(terms, issuer, clock)).orElse(null);
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected OpenIdConnect() {
    this.terms = null;
    this.party = null;
  }

  /** As people call the provider; empty where none is configured. */
  public Optional<String> provider() {
    return Optional.ofNullable(party).map(any -> terms.name());
  }

  /**
   * Sends a browser to the provider.
   *
   * @param to the page that is wanted
   * @param server where the browser says that this server is
   */
  public Departure depart(String to, URI server) {
    return party == null ? new Departure.Away() : party.depart(to, back(server));
  }

  /**
   * Hears who came back.
   *
   * @param code,state what the provider sent along
   * @param cookie of {@link Departure.Leaves}
   */
  public Arrival arrive(
      @Nullable String code, @Nullable String state, @Nullable String cookie, URI server) {
    return party == null
        ? new Arrival.Stray()
        : party.arrive(new RelyingParty.Return(code, state, cookie), back(server));
  }

  /** Where a browser signs out of the provider as well; it leads back to our login page. */
  public Optional<URI> farewell(String idToken, URI server) {
    return Optional.ofNullable(party)
        .flatMap(one -> one.farewell(idToken, back(server).resolve("/login")));
  }

  private URI back(URI server) {
    return terms.redirectUrl().orElseGet(() -> server.resolve(BACK));
  }
}
