package org.waybill.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waybill.access.Identity;
import org.waybill.platform.Settings;

/** The way to a provider of others' making and back, over HTTP. */
class OpenIdConnectTest {
  private static final String REALM = "noc";
  private static final URI SERVER = URI.create("https://waybill.example");
  private static final String PAGE = "/tasks?state=failed&type=a%20b";

  private static final Arrival STRAY = new Arrival.Stray();
  private static final Clock CLOCK = Clock.systemUTC();

  private final MockOAuth2Server provider = new MockOAuth2Server(new OAuth2Config());
  private final HttpClient browser = HttpClient.newHttpClient();
  private OpenIdConnect oidc;

  @BeforeEach
  void start() throws IOException {
    provider.start();
    oidc = at(provider.issuerUrl(REALM).toString());
  }

  @AfterEach
  void stop() {
    provider.shutdown();
  }

  @Test
  void knowsWhoComesBackAndWhichPageTheyWanted() throws Exception {
    vouchFor(Map.of("preferred_username", "ann", "realm", Map.of("roles", List.of("noc", "x"))));
    Arrival.Known known = (Arrival.Known) arrive(leave());
    Identity identity = known.identity();
    assertThat(known.to()).isEqualTo(PAGE);
    assertThat(identity.name()).isEqualTo("ann");
    assertThat(identity.subject()).isEqualTo("sub-1");
    assertThat(identity.roles()).isEqualTo(Set.of("operator"));
    assertThat(oidc.farewell(identity.idToken(), SERVER).orElseThrow().toString())
        .startsWith(provider.endSessionEndpointUrl(REALM) + "?")
        .contains("id_token_hint=" + identity.idToken(), "client_id=waybill")
        .contains("post_logout_redirect_uri=https%3A%2F%2Fwaybill.example%2Flogin");
  }

  @Test
  void asksForACodeWithProofAndANonceAndNamesTheWayBack() {
    Departure.Leaves leaves = (Departure.Leaves) oidc.depart(PAGE, SERVER);
    assertThat(query(leaves.to()))
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "waybill")
        .containsEntry("redirect_uri", "https://waybill.example/login/oidc/callback")
        .containsEntry("scope", "openid profile email")
        .containsEntry("code_challenge_method", "S256")
        .containsKeys("state", "nonce", "code_challenge");
    assertThat(leaves.to().toString()).doesNotContain(leaves.cookie().substring(0, 43));
    assertThat(oidc.depart(PAGE, SERVER)).isNotEqualTo(leaves);
  }

  @Test
  void takesTheMailAddressOrTheSubjectWhereThereIsNoBetterName() throws Exception {
    vouchFor(Map.of("email", "ann@noc.example", "realm", Map.of("roles", List.of("boss"))));
    assertThat(((Arrival.Known) arrive(leave())).identity().name()).isEqualTo("ann@noc.example");
    vouchFor(Map.of("realm", Map.of("roles", "reader boss")));
    Identity identity = ((Arrival.Known) arrive(leave())).identity();
    assertThat(identity.name()).isEqualTo("sub-1");
    assertThat(identity.roles()).isEqualTo(Set.of("admin"));
  }

  @Test
  void letsNobodyInWhoHasNoRoleHere() throws Exception {
    vouchFor(Map.of("preferred_username", "bob", "roles", List.of("noc"), "realm", "noc"));
    assertThat(arrive(leave())).isEqualTo(new Arrival.NoRole("bob"));
  }

  @Test
  void knowsNobodyWhomItDidNotSendAway() throws Exception {
    Back back = leave();
    Back other = leave();
    assertThat(oidc.arrive(back.code(), "forged", back.cookie(), SERVER)).isEqualTo(STRAY);
    assertThat(oidc.arrive(back.code(), null, back.cookie(), SERVER)).isEqualTo(STRAY);
    assertThat(oidc.arrive(back.code(), back.state(), null, SERVER)).isEqualTo(STRAY);
    assertThat(oidc.arrive(back.code(), back.state(), "a.b", SERVER)).isEqualTo(STRAY);
    assertThat(oidc.arrive(back.code(), back.state(), other.cookie(), SERVER)).isEqualTo(STRAY);
  }

  @Test
  void takesNoCodeTwiceAndNoneThatWasMeantForAnother() throws Exception {
    vouchFor(Map.of("realm", Map.of("roles", "boss")));
    Back back = leave();
    assertThat(arrive(back)).isInstanceOf(Arrival.Known.class);
    assertThat(arrive(back)).isEqualTo(new Arrival.Refused());
    Back victim = leave();
    Back thief = leave();
    assertThat(oidc.arrive(victim.code(), thief.state(), thief.cookie(), SERVER))
        .isEqualTo(new Arrival.Refused());
    assertThat(oidc.arrive("made-up", thief.state(), thief.cookie(), SERVER))
        .isEqualTo(new Arrival.Refused());
    assertThat(oidc.arrive(null, thief.state(), thief.cookie(), SERVER))
        .isEqualTo(new Arrival.Refused());
  }

  @Test
  void takesNoTokenThatIsOverAlready() throws Exception {
    provider.enqueueCallback(
        new DefaultOAuth2TokenCallback(
            REALM, "sub-1", "JWT", List.of(), Map.of("realm", Map.of("roles", "boss")), -3600));
    assertThat(arrive(leave())).isEqualTo(new Arrival.Refused());
  }

  @Test
  void saysThatTheProviderIsAwayAndFindsItWhenItIsBack() throws Exception {
    int port = freePort();
    OpenIdConnect later = at("http://localhost:" + port + "/" + REALM);
    assertThat(later.depart(PAGE, SERVER)).isEqualTo(new Departure.Away());
    assertThat(later.farewell("token", SERVER)).isEmpty();
    OpenIdConnect wrong = at(provider.issuerUrl(REALM) + "/");
    assertThat(wrong.depart(PAGE, SERVER)).isEqualTo(new Departure.Away());
    Back back = leave();
    provider.shutdown();
    assertThat(oidc.depart(PAGE, SERVER)).isInstanceOf(Departure.Leaves.class);
    assertThat(arrive(back)).isEqualTo(new Arrival.Away());
  }

  @Test
  void letsAProviderThatHangsHoldFewThreadsAndAnswersTheOthersAtOnce() throws Exception {
    List<CompletableFuture<Departure>> held = new ArrayList<>();
    try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getByName("localhost"))) {
      OpenIdConnect away = at("http://localhost:" + hanging.getLocalPort() + "/" + REALM);
      ExecutorService threads = Executors.newCachedThreadPool();
      for (int i = 0; i < RelyingParty.CONVERSATIONS; i++) {
        held.add(CompletableFuture.supplyAsync(() -> away.depart(PAGE, SERVER), threads));
        hanging.accept();
      }
      assertThat(away.depart(PAGE, SERVER)).isEqualTo(new Departure.Away());
      assertThat(held).noneMatch(CompletableFuture::isDone);
      threads.shutdown();
    }
  }

  @Test
  void isNotThereWhereItIsNotConfigured() {
    OpenIdConnect none = new OpenIdConnect(Settings.from(name -> null, Set.of()), CLOCK);
    assertThat(none.provider()).isEmpty();
    assertThat(none.arrive("code", "state", null, SERVER)).isEqualTo(STRAY);
    assertThat(oidc.provider()).contains("Night Watch");
  }

  private record Back(String code, String state, String cookie) {}

  private static OpenIdConnect at(String issuer) {
    Map<String, String> settings = new HashMap<>();
    settings.put("waybill.oidc.issuer", issuer);
    settings.put("waybill.oidc.client.id", "waybill");
    settings.put("waybill.oidc.client.secret", "a secret");
    settings.put("waybill.oidc.name", "Night Watch");
    settings.put("waybill.oidc.roles.claim", "realm.roles");
    settings.put("waybill.oidc.roles", "noc=operator,boss=admin");
    return new OpenIdConnect(Settings.from(settings::get, settings.keySet()), CLOCK);
  }

  private void vouchFor(Map<String, Object> claims) {
    provider.enqueueCallback(
        new DefaultOAuth2TokenCallback(REALM, "sub-1", "JWT", List.of(), claims, 300));
  }

  /** To the provider, which lets everybody in at once. */
  private Back leave() throws IOException, InterruptedException {
    Departure.Leaves leaves = (Departure.Leaves) oidc.depart(PAGE, SERVER);
    String location =
        browser
            .send(HttpRequest.newBuilder(leaves.to()).build(), BodyHandlers.discarding())
            .headers()
            .firstValue("Location")
            .orElseThrow();
    Map<String, String> given = query(URI.create(location));
    return new Back(
        String.valueOf(given.get("code")), String.valueOf(given.get("state")), leaves.cookie());
  }

  private Arrival arrive(Back back) {
    return oidc.arrive(back.code(), back.state(), back.cookie(), SERVER);
  }

  private static Map<String, String> query(URI uri) {
    return Arrays.stream(uri.getRawQuery().split("&", -1))
        .map(field -> field.split("=", 2))
        .collect(
            Collectors.toMap(
                field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
