package org.waybill.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Proves ID tokens (OpenID Connect Core 1.0, section 3.1.3.7): signed by a key of the provider's,
 * by it, for us, for this sign-in, now.
 */
final class IdTokens {
  /** Signatures only by keys that we cannot have: no shared secrets, and never none. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final Set<String> NEEDED = Set.of("sub", "exp", "iat");

  /** An unknown key makes the keys be read again, at most twice in this time. */
  private static final long KEYS_READ_MILLIS = 10_000;

  private static final long KEYS_KEPT_MILLIS = 300_000;
  private static final long KEYS_WAITED_FOR_MILLIS = 5_000;

  private final String issuer;
  private final String clientId;
  private final ProviderClient client;
  private final Clock clock;
  private final ConcurrentMap<URI, JWKSource<SecurityContext>> keys = new ConcurrentHashMap<>();

  IdTokens(URI issuer, String clientId, ProviderClient client, Clock clock) {
    this.issuer = issuer.toString();
    this.clientId = clientId;
    this.client = client;
    this.clock = clock;
  }

  /**
   * What the token says, once it is proven.
   *
   * @throws TokenRefused when it is not
   * @throws ProviderAway when the keys cannot be read
   */
  JWTClaimsSet proven(String token, String nonce, URI keysAt) {
    try {
      DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
      processor.setJWSKeySelector(
          new JWSVerificationKeySelector<>(ALGORITHMS, keys.computeIfAbsent(keysAt, this::keysOf)));
      processor.setJWTClaimsSetVerifier(verifier(nonce));
      JWTClaimsSet claims = processor.process(token, null);
      String party = claims.getStringClaim("azp");
      if (party != null && !party.equals(clientId)) {
        throw new TokenRefused("it was made for the client " + party);
      }
      return claims;
    } catch (KeySourceException e) {
      throw new ProviderAway("its keys cannot be read (" + e.getMessage() + ")");
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw new TokenRefused(String.valueOf(e.getMessage()));
    }
  }

  private DefaultJWTClaimsVerifier<SecurityContext> verifier(String nonce) {
    JWTClaimsSet exactly = new JWTClaimsSet.Builder().issuer(issuer).claim("nonce", nonce).build();
    return new DefaultJWTClaimsVerifier<>(clientId, exactly, NEEDED) {
      @Override
      protected Date currentTime() {
        return Date.from(clock.instant());
      }
    };
  }

  private JWKSource<SecurityContext> keysOf(URI place) {
    return JWKSourceBuilder.<SecurityContext>create(url(place), this::read)
        .cache(KEYS_KEPT_MILLIS, KEYS_WAITED_FOR_MILLIS)
        .refreshAheadCache(false)
        .rateLimited(KEYS_READ_MILLIS)
        .build();
  }

  private @Nullable Resource read(URL place) throws IOException {
    try {
      return new Resource(client.get(URI.create(place.toString())), "application/json");
    } catch (ProviderAway e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static URL url(URI place) {
    try {
      return place.toURL();
    } catch (MalformedURLException e) {
      throw new ProviderAway("its keys have no usable address: " + place);
    }
  }
}
