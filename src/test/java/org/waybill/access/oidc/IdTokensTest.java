package org.waybill.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdTokensTest {
  private static final String ISSUER = "https://id.example/realms/noc";
  private static final String CLIENT = "waybill";
  private static final String NONCE = "nonce-of-this-sign-in";
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final RSAKey KEY = rsa("first");

  private final IdTokens tokens =
      new IdTokens(
          URI.create(ISSUER), CLIENT, new ProviderClient(), Clock.fixed(NOW, ZoneOffset.UTC));
  private HttpServer provider;
  private volatile List<JWK> keys = List.of(KEY);

  @BeforeEach
  void publishKeys() throws IOException {
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext(
        "/keys",
        exchange -> {
          byte[] answer = new JWKSet(keys).toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    provider.start();
  }

  @AfterEach
  void stop() {
    provider.stop(0);
  }

  @Test
  void believesWhatTheProviderSignedForThisSignIn() throws JOSEException {
    assertThat(proven(signed(claims().build())).getSubject()).isEqualTo("sub-1");
    ECKey curve = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
    keys = List.of(KEY, curve);
    String token = signed(claims().build(), JWSAlgorithm.ES256, "curve", new ECDSASigner(curve));
    assertThat(proven(token).getSubject()).isEqualTo("sub-1");
  }

  @Test
  void readsTheKeysAgainWhenTheProviderHasTakenNewOnes() throws JOSEException {
    assertThat(proven(signed(claims().build()))).isNotNull();
    RSAKey next = rsa("second");
    keys = List.of(next);
    String token = signed(claims().build(), JWSAlgorithm.RS256, "second", new RSASSASigner(next));
    assertThat(proven(token).getSubject()).isEqualTo("sub-1");
  }

  @Test
  void refusesWhatWasSaidByOthersOrToOthersOrAtAnotherTime() {
    Map<String, UnaryOperator<JWTClaimsSet.Builder>> wrong = new LinkedHashMap<>();
    wrong.put("another issuer", claims -> claims.issuer("https://evil.example"));
    wrong.put("no issuer", claims -> claims.issuer(null));
    wrong.put("another audience", claims -> claims.audience("grafana"));
    wrong.put("no audience", claims -> claims.audience((String) null));
    wrong.put("made for another party", claims -> claims.claim("azp", "grafana"));
    wrong.put("another sign-in", claims -> claims.claim("nonce", "another"));
    wrong.put("no nonce", claims -> claims.claim("nonce", null));
    wrong.put("expired", claims -> claims.expirationTime(after(Duration.ofMinutes(-5))));
    wrong.put("never expiring", claims -> claims.expirationTime(null));
    wrong.put("not yet", claims -> claims.notBeforeTime(after(Duration.ofMinutes(5))));
    wrong.put("nobody", claims -> claims.subject(null));
    wrong.forEach(
        (name, change) ->
            assertThatThrownBy(() -> proven(signed(change.apply(claims()).build())))
                .as(name)
                .isInstanceOf(TokenRefused.class));
  }

  @Test
  void refusesWhatIsNotSignedByAKeyOfTheProvider() throws Exception {
    JWTClaimsSet claims = claims().build();
    String good = signed(claims);
    String[] parts = good.split("\\.", -1);
    RSAKey stranger = rsa("first");
    byte[] shared = KEY.toRSAPublicKey().getEncoded();
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("alg none", new PlainJWT(claims).serialize());
    wrong.put("signature cut off", parts[0] + "." + parts[1] + ".");
    wrong.put("unsigned under a good header", parts[0] + "." + parts[1]);
    wrong.put(
        "another's key under a known name",
        signed(claims, JWSAlgorithm.RS256, "first", new RSASSASigner(stranger)));
    wrong.put(
        "the public key taken for a shared secret",
        signed(claims, JWSAlgorithm.HS256, "first", new MACSigner(shared)));
    wrong.put(
        "other claims under a good signature",
        parts[0]
            + "."
            + new PlainJWT(claims().subject("admin").build()).serialize().split("\\.", -1)[1]
            + "."
            + parts[2]);
    wrong.put("no token", "nonsense");
    wrong.put("nothing", "");
    wrong.forEach(
        (name, token) ->
            assertThatThrownBy(() -> proven(token)).as(name).isInstanceOf(TokenRefused.class));
  }

  @Test
  void saysThatTheProviderIsAwayWhenItsKeysAre() {
    provider.stop(0);
    assertThatThrownBy(() -> proven(signed(claims().build()))).isInstanceOf(ProviderAway.class);
  }

  private JWTClaimsSet proven(String token) {
    URI place = URI.create("http://127.0.0.1:" + provider.getAddress().getPort() + "/keys");
    return tokens.proven(token, NONCE, place);
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(CLIENT)
        .subject("sub-1")
        .claim("nonce", NONCE)
        .issueTime(after(Duration.ZERO))
        .expirationTime(after(Duration.ofMinutes(5)));
  }

  private static Date after(Duration duration) {
    return Date.from(NOW.plus(duration));
  }

  private static String signed(JWTClaimsSet claims) throws JOSEException {
    return signed(claims, JWSAlgorithm.RS256, "first", new RSASSASigner(KEY));
  }

  private static String signed(
      JWTClaimsSet claims, JWSAlgorithm algorithm, String key, JWSSigner signer)
      throws JOSEException {
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key).build(), claims);
    token.sign(signer);
    return token.serialize();
  }

  private static RSAKey rsa(String name) {
    try {
      return new RSAKeyGenerator(2048).keyID(name).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
