package org.waybill.access.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Identity;
import org.waybill.platform.OidcSettings;

/** The client of one provider (OpenID Connect Core 1.0, section 3.1, with PKCE). */
final class RelyingParty {
  private static final Logger LOG = System.getLogger(RelyingParty.class.getName());

  /** A provider that hangs holds so many threads of the server, and no more. */
  static final int CONVERSATIONS = 4;

  private final OidcSettings terms;
  private final ProviderClient client = new ProviderClient();
  private final Discovery discovery;
  private final IdTokens tokens;
  private final Roles roles;
  private final Semaphore conversations = new Semaphore(CONVERSATIONS);
  private final SecureRandom random = new SecureRandom();

  RelyingParty(OidcSettings terms, URI issuer, Clock clock) {
    this.terms = terms;
    this.discovery = new Discovery(issuer, client, clock);
    this.tokens = new IdTokens(issuer, terms.clientId(), client, clock);
    this.roles = new Roles(terms.rolesClaim(), terms.roles());
  }

  /**
   * @param to the page that is wanted
   * @param back where the provider leads the browser
   */
  Departure depart(String to, URI back) {
    Handshake handshake = Handshake.begin(random, to);
    Map<String, String> question = new LinkedHashMap<>();
    question.put("response_type", "code");
    question.put("client_id", terms.clientId());
    question.put("redirect_uri", back.toString());
    question.put("scope", terms.scopes());
    question.put("state", handshake.state());
    question.put("nonce", handshake.nonce());
    question.put("code_challenge", handshake.challenge());
    question.put("code_challenge_method", "S256");
    return talk(
        () ->
            new Departure.Leaves(
                with(discovery.provider().authorization(), question), handshake.cookie()),
        Departure.Away::new);
  }

  /** What the provider sent along, and what the browser had kept. */
  record Return(@Nullable String code, @Nullable String state, @Nullable String cookie) {}

  /**
   * @param back as it was given to {@link #depart}
   */
  Arrival arrive(Return given, URI back) {
    Handshake handshake = Handshake.read(given.cookie()).orElse(null);
    if (handshake == null || !handshake.isAnsweredBy(given.state())) {
      return new Arrival.Stray();
    }
    String code = given.code();
    if (code == null) {
      return new Arrival.Refused();
    }
    return talk(() -> arrive(handshake, code, back), Arrival.Away::new);
  }

  private Arrival arrive(Handshake handshake, String code, URI back) {
    try {
      Provider provider = discovery.provider();
      String token = redeem(provider, code, handshake, back);
      JWTClaimsSet claims = tokens.proven(token, handshake.nonce(), provider.keys());
      Set<String> given = roles.of(claims);
      Identity identity = new Identity(name(claims), claims.getSubject(), given, token);
      return given.isEmpty()
          ? new Arrival.NoRole(identity.name())
          : new Arrival.Known(identity, handshake.to());
    } catch (TokenRefused e) {
      LOG.log(
          Level.WARNING,
          "WB-ACCESS-04 Nobody was let in by OpenID Connect, since what came from the provider is no"
              + " proof: {0}. If it stays so, compare WAYBILL_OIDC_ISSUER, WAYBILL_OIDC_CLIENT_ID and"
              + " WAYBILL_OIDC_CLIENT_SECRET with what the provider has, and the clocks.",
          e.getMessage());
      return new Arrival.Refused();
    }
  }

  /** Where a browser signs out of the provider as well; empty where there is no such place. */
  Optional<URI> farewell(String idToken, URI after) {
    return talk(
        () ->
            Optional.ofNullable(discovery.provider().endSession())
                .map(
                    place ->
                        with(
                            place,
                            Map.of(
                                "id_token_hint", idToken,
                                "client_id", terms.clientId(),
                                "post_logout_redirect_uri", after.toString()))),
        Optional::empty);
  }

  private String redeem(Provider provider, String code, Handshake handshake, URI back) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "authorization_code");
    fields.put("code", code);
    fields.put("redirect_uri", back.toString());
    fields.put("code_verifier", handshake.verifier());
    fields.put("client_id", terms.clientId());
    String secret = terms.clientSecret().orElse(null);
    String authorization = "";
    if (secret != null && provider.takesBasic()) {
      authorization = ProviderClient.basic(terms.clientId(), secret);
    } else if (secret != null) {
      fields.put("client_secret", secret);
    }
    ProviderClient.Answer answer = client.post(provider.token(), fields, authorization);
    if (answer.status() >= 500) {
      throw new ProviderAway(provider.token() + " answers " + answer.status());
    }
    JsonObject body = answer.json(provider.token());
    if (answer.status() != 200 || !body.containsKey("id_token")) {
      String error = body.getString("error", "no ID token");
      throw new TokenRefused("the provider answers %d, %s".formatted(answer.status(), error));
    }
    return body.getString("id_token");
  }

  private <T> T talk(Supplier<T> conversation, Supplier<T> away) {
    if (!conversations.tryAcquire()) {
      return away.get();
    }
    try {
      return conversation.get();
    } catch (ProviderAway e) {
      LOG.log(
          Level.WARNING,
          "WB-ACCESS-03 Nobody can sign in by OpenID Connect just now: {0}. Users of this server"
              + " still can.",
          e.getMessage());
      return away.get();
    } finally {
      conversations.release();
    }
  }

  private static String name(JWTClaimsSet claims) {
    return Stream.of("preferred_username", "email")
        .map(claims::getClaim)
        .filter(String.class::isInstance)
        .map(String::valueOf)
        .filter(name -> !name.isBlank())
        .findFirst()
        .orElseGet(claims::getSubject);
  }

  /** An endpoint may have a query of its own. */
  private static URI with(URI place, Map<String, String> question) {
    String separator = place.getRawQuery() == null ? "?" : "&";
    return URI.create(place + separator + ProviderClient.form(question));
  }
}
