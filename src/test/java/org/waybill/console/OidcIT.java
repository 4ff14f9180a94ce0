package org.waybill.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waybill.testing.Chromium;
import org.waybill.testing.Chromium.Viewer;
import org.waybill.testing.Client;
import org.waybill.testing.WaybillServer;

/** People who sign in by an OpenID provider, in a browser. */
@Tag("any-database")
class OidcIT {
  private static final String REALM = "noc";
  private static WaybillServer server;
  private static Chromium chromium;
  private static @Nullable MockOAuth2Server provider;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Chromium.isThere(), "Install chromium to run this.");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    server =
        WaybillServer.named("oidc")
            .with("WAYBILL_OIDC_ISSUER", "http://localhost:" + port + "/" + REALM)
            .with("WAYBILL_OIDC_CLIENT_ID", "waybill")
            .with("WAYBILL_OIDC_CLIENT_SECRET", "a secret")
            .with("WAYBILL_OIDC_NAME", "Night Watch")
            .with("WAYBILL_OIDC_ROLES_CLAIM", "groups")
            .with("WAYBILL_OIDC_ROLES", "noc=operator,guests=reader")
            .start();
    chromium = Chromium.on(server.uri(""));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      chromium.close();
      server.close();
    }
    if (provider != null) {
      provider.shutdown();
    }
  }

  /** One after the other: the provider is away at first. */
  @Test
  void signsInAtTheProviderAndComesBackToThePageThatWasWanted() throws IOException {
    saysThatTheProviderIsAway();
    MockOAuth2Server started = new MockOAuth2Server(new OAuth2Config(true));
    started.start(InetAddress.getByName("localhost"), port);
    provider = started;
    Page page = chromium.open(Viewer.USUAL);
    page.navigate("/tasks?state=failed");
    assertThat(page).hasURL(Pattern.compile("/login\\?to="));
    signIn(page, "olga", "[\"noc\", \"football\"]");
    assertThat(page).hasURL(Pattern.compile("/tasks\\?state=failed$"));
    assertThat(page.locator(".me .name")).hasText("oidc:olga");
    assertThat(page.locator(".me .roles")).hasText("operator");
    keepsTheSessionAsAnyOther(page);
    mayDoWhatItsRoleMay(page);
    signsOutOfBoth(page);
    letsNobodyInWithoutARole();
    leadsNowhereElse();
    takesNothingThatItDidNotBegin();
    assertThat(chromium.complaints()).isEmpty();
  }

  private static void saysThatTheProviderIsAway() {
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page page = chromium.open(new Viewer(1280, colours, true));
      page.navigate("/login?to=/cdrs");
      assertThat(Chromium.barriers(page)).isEmpty();
      picture(page, "login-oidc-" + colours);
      assertThat(button(page)).isFocused();
      button(page).click();
      assertThat(page.getByRole(AriaRole.ALERT))
          .hasText(Pattern.compile("^Night Watch cannot be reached just now\\."));
      assertThat(Chromium.barriers(page)).isEmpty();
      picture(page, "login-oidc-away-" + colours);
      page.getByLabel("Name").fill("admin");
      page.getByLabel("Password").fill(WaybillServer.ADMIN_PASSWORD);
      page.getByText("Sign in", new Page.GetByTextOptions().setExact(true)).last().click();
      assertThat(page).hasURL(Pattern.compile("/cdrs$"));
      page.context().close();
    }
  }

  private static void keepsTheSessionAsAnyOther(Page page) {
    List<Cookie> cookies = page.context().cookies();
    assertThat(cookies)
        .filteredOn(cookie -> cookie.name.equals("waybill"))
        .singleElement()
        .satisfies(
            cookie -> {
              assertThat(cookie.httpOnly).isTrue();
              assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
            });
    assertThat(cookies).noneMatch(cookie -> cookie.name.equals("waybill-oidc"));
    Client admin = Client.nobody(server.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD);
    assertThat(admin.get("/api/audit?action=session.begin&who=oidc:olga").text())
        .contains("by OpenID Connect as olga, roles operator");
  }

  private static void mayDoWhatItsRoleMay(Page page) {
    assertThat(page.navigate("/organizations/users").status()).isEqualTo(403);
    assertThat(page.request().post("/api/tasks/rerun").status()).isEqualTo(403);
    page.navigate("/gateways");
  }

  private static void signsOutOfBoth(Page page) {
    Page other = page.context().newPage();
    other.navigate("/cdrs");
    page.waitForRequest(
        Pattern.compile("/endsession\\?.*id_token_hint=ey"),
        () -> page.getByText("Sign out").click());
    assertThat(page).hasURL(Pattern.compile("/login$"));
    other.reload();
    assertThat(other).hasURL(Pattern.compile("/login\\?to="));
  }

  private static void letsNobodyInWithoutARole() {
    Page page = chromium.open(Viewer.USUAL);
    page.navigate("/login");
    signIn(page, "bob", "[\"football\"]");
    assertThat(page.getByRole(AriaRole.ALERT))
        .hasText("Night Watch knows you as bob, but gives you no role here. Ask an admin for one.");
    page.navigate("/cdrs");
    assertThat(page).hasURL(Pattern.compile("/login\\?to="));
  }

  private static void leadsNowhereElse() {
    for (String elsewhere : List.of("https://evil.example/", "//evil.example", "/\\evil.example")) {
      Page page = chromium.open(Viewer.USUAL);
      page.navigate("/login?to=" + elsewhere);
      signIn(page, "olga", "[\"guests\"]");
      assertThat(page).hasURL(server.uri("/").toString());
      page.context().close();
    }
  }

  private static void takesNothingThatItDidNotBegin() {
    Page page = chromium.open(Viewer.USUAL);
    assertThat(page.navigate("/login/oidc/callback?code=x&state=y").status()).isEqualTo(401);
    assertThat(page.getByRole(AriaRole.ALERT))
        .hasText(Pattern.compile("^This sign-in was not begun in this browser"));
    Client nobody = Client.nobody(server.uri("/"));
    assertThat(nobody.get("/login/oidc/callback/").status()).isEqualTo(401);
    assertThat(nobody.get("/login/oidc/").status()).isEqualTo(401);
  }

  /** The provider that was away is asked again a moment later. */
  private static void signIn(Page page, String name, String groups) {
    String from = page.url();
    Scene.await(
        () -> {
          page.navigate(from);
          button(page).click();
          page.waitForLoadState();
          return page.url().contains("/authorize");
        });
    page.locator("[name=username]").fill(name);
    page.locator("[name=claims]")
        .fill("{\"preferred_username\":\"%s\",\"groups\":%s}".formatted(name, groups));
    page.locator("[type=submit]").click();
  }

  private static Locator button(Page page) {
    return page.getByRole(
        AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in with Night Watch"));
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target/screens", name.toLowerCase(Locale.ROOT) + ".png")));
  }
}
