package org.waybill.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.waybill.testing.Chromium;
import org.waybill.testing.Chromium.Viewer;
import org.waybill.testing.Client;
import org.waybill.testing.WaybillServer;

/** How pages follow what happens, in a browser. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("any-database")
class LiveIT {
  private static final String HIDE =
      """
      (hidden) => {
        Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
        document.dispatchEvent(new Event("visibilitychange"));
      }
      """;

  private static WaybillServer server;
  private static Client admin;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Chromium.isThere(), "Install chromium to run this.");
    server = WaybillServer.named("live").with("WAYBILL_HTTP_PORT", freePort()).start();
    admin = Client.nobody(server.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD);
    chromium = Chromium.on(server.uri(""));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      chromium.close();
      server.close();
    }
  }

  @Test
  @Order(1)
  void asksNothingInAHiddenTabAndCatchesUpWhenItIsSeenAgain() {
    Page hidden = operations();
    Page seen = hidden.context().newPage();
    seen.navigate("/operations");
    assertThat(seen.locator(".live")).hasText("Live");
    int before = rows(seen).count();
    hidden.evaluate(HIDE, true);
    List<String> asked = new ArrayList<>();
    hidden.onRequest(request -> asked.add(request.url()));

    happen();
    assertThat(rows(seen)).hasCount(before + 1);
    happen();
    assertThat(rows(seen)).hasCount(before + 2);
    assertThat(asked).isEmpty();
    assertThat(rows(hidden)).hasCount(before);

    hidden.evaluate(HIDE, false);
    assertThat(rows(hidden)).hasCount(before + 2);
    assertThat(hidden.locator(".live")).hasText("Live");
    hidden.context().close();
  }

  @Test
  @Order(2)
  void asksAtMostOnceASecondHoweverMuchHappens() {
    Page page = operations();
    List<Long> asked = new ArrayList<>();
    page.onRequest(request -> note(request, asked));
    int before = rows(page).count();
    int many = 24;
    for (int i = 0; i < many; i++) {
      happen();
      page.waitForTimeout(100);
    }
    assertThat(rows(page)).hasCount(before + many);
    long millis = asked.get(asked.size() - 1) - asked.get(0);
    assertThat(asked.size()).as(asked.toString()).isLessThanOrEqualTo((int) (millis / 1_000) + 2);
    page.context().close();
  }

  @Test
  @Order(3)
  void saysThatItIsCutOffAndGoesOnByItselfWhenTheServerIsBack() {
    Page page = operations();
    page.evaluate("() => { window.same = true; }");
    int before = rows(page).count();
    server.kill();
    assertThat(page.locator(".live")).hasText("Cut off", patient());
    assertThat(rows(page)).hasCount(before);
    server.start();
    happen();
    assertThat(page.locator(".live")).hasText("Live", patient());
    assertThat(rows(page)).hasCount(before + 1);
    happen();
    assertThat(rows(page)).hasCount(before + 2);
    assertThat(page.evaluate("() => window.same")).isEqualTo(true);
    page.context().close();
  }

  private static LocatorAssertions.HasTextOptions patient() {
    return new LocatorAssertions.HasTextOptions().setTimeout(60_000);
  }

  /** A page that is signed in and live. */
  private static Page operations() {
    Page page = chromium.open(Viewer.USUAL);
    page.navigate("/login?to=/operations");
    page.getByLabel("Name").fill("admin");
    page.getByLabel("Password").fill(WaybillServer.ADMIN_PASSWORD);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
    assertThat(page).hasURL(Pattern.compile("/operations$"));
    assertThat(page.locator(".live")).hasText("Live");
    return page;
  }

  private static Locator rows(Page page) {
    return page.locator("#operations tbody tr");
  }

  /** One more operation. */
  private static void happen() {
    String none = "{\"filter\":{\"state\":\"cancelled\",\"orgId\":1}}";
    assertThat(admin.post("/api/tasks/rerun", none).status()).isEqualTo(202);
  }

  private static void note(Request request, List<Long> asked) {
    if (request.url().endsWith("/operations")) {
      asked.add(System.nanoTime() / Duration.ofMillis(1).toNanos());
    }
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return String.valueOf(socket.getLocalPort());
    }
  }
}
