package org.waybill.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.waybill.cdr.TableSuffix;
import org.waybill.testing.Chromium;
import org.waybill.testing.Chromium.Viewer;
import org.waybill.testing.Client;
import org.waybill.testing.Keyboard;
import org.waybill.testing.WaybillServer;

/**
 * Three in the morning: a gateway has refused all it was sent, for three causes, and takes
 * everything again. One person signs in, finds out why, tries a few, and repairs the rest.
 */
@Tag("any-database")
class NightIT {
  private static final int MANY = Integer.getInteger("waybill.it.night", 80_000);
  private static final int FEW = 300;
  private static final int BATCH = 10_000;
  private static final double PATIENCE = 180_000;

  private static WaybillServer server;
  private static MendableGateway gateway;
  private static Client admin;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Chromium.isThere(), "Install chromium to run this.");
    gateway = new MendableGateway();
    server = WaybillServer.named("night").with("WAYBILL_STORAGE_GATEWAYS", gateway.url()).start();
    admin = Client.nobody(server.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD);
    admin.post("/api/organizations", "{\"id\":1001,\"name\":\"Harbour Hotels\"}");
    String olive = "{\"name\":\"olive\",\"password\":\"%s\",\"roles\":[\"operator\"]}";
    admin.post("/api/users", olive.formatted(Scene.PASSWORD));
    chromium = Chromium.on(server.uri(""));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      chromium.close();
      server.close();
      gateway.close();
    }
  }

  @AfterEach
  void noPageComplains() {
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void repairsEightyThousandTasksWithOneDecision(TestReporter reporter) {
    Set<String> before = new HashSet<>(gateway.delivered());
    gateway.spoil();
    receive(MANY);
    Page page = signedIn();
    hasNoBarriers(page);
    page.locator("a.figure").filter(new Locator.FilterOptions().setHasText("Failed tasks")).click();
    waitFor(page.locator("#undone"), number(MANY) + " tasks are not done");
    assertThat(causes(page)).hasCount(3);
    assertThat(causes(page)).containsText(new String[] {"error", "error", "error"});
    hasNoBarriers(page);

    gateway.mend();
    causes(page).first().getByText("Re-run").click();
    assertThat(page.locator("main")).containsText("Last said");
    button(page, "Try them").click();
    waitFor(page.locator("#trial"), "All 5 are delivered: the cause is gone.");
    assertThat(page.locator("#trial tbody tr")).hasCount(5);
    hasNoBarriers(page);

    page.navigate("/errors");
    page.getByText("Re-run all that failed").click();
    // A busy machine breaks the counting off, and says so.
    assertThat(page.locator("#matching")).hasText(Pattern.compile("^[0-9,]+( or more)?$"));
    page.getByLabel("Reason").fill("the carrier renewed our account");
    page.getByText(Pattern.compile("^Re-run all [0-9,]+")).click();
    long begun = System.nanoTime();
    assertThat(page.locator("#rest")).containsText("It is under way.");
    hasNoBarriers(page);
    waitFor(page.locator("#rest"), "Nothing of it is left: all is delivered.");
    long perSecond = MANY * 1_000_000_000L / (System.nanoTime() - begun);
    reporter.publishEntry("deliveries a second", number(perSecond));
    hasNoBarriers(page);
    page.navigate("/errors");
    assertThat(page.locator("#undone")).hasText("Nothing is left to do");

    page.navigate("/audit?who=olive");
    String all = " %1$d were processed, %1$d succeeded, 0 failed";
    Locator lines = page.locator("tbody tr");
    assertThat(lines.first()).containsText(all.formatted(MANY - 5));
    assertThat(lines.nth(1)).containsText("operation.start");
    assertThat(lines.nth(1)).containsText("the carrier renewed our account");
    hasNoBarriers(page);
    Set<String> delivered = new HashSet<>(gateway.delivered());
    delivered.removeAll(before);
    assertThat(delivered).hasSize(MANY);
    assertThat(gateway.delivered()).isEqualTo(gateway.refused());
    assertThat(gateway.repeated()).isZero();
    page.context().close();
  }

  @Test
  void givesUpAWholeCauseAndThinksBetterOfIt() {
    gateway.spoil();
    receive(9);
    Page page = signedIn();
    page.navigate("/errors");
    waitFor(page.locator("#undone"), "9 tasks are not done");
    Locator group = causes(page).first();
    group.getByText("Give up", exactly()).click();
    group.getByLabel("Reason").fill("not worth it");
    button(page, "Cancel them").click();
    waitFor(page.locator("main"), "3 of 3");
    assertThat(page.locator("main")).containsText("not worth it");
    page.navigate("/errors");
    assertThat(page.locator("#undone")).hasText("6 tasks are not done");

    gateway.mend();
    for (String state : List.of("cancelled", "failed")) {
      page.navigate("/tasks?state=" + state);
      page.getByText("Re-run all that match").click();
      page.getByText(Pattern.compile("^Re-run all [0-9]+")).click();
      waitFor(page.locator("#rest"), "Nothing of it is left: all is delivered.");
    }
    assertThat(gateway.delivered()).isEqualTo(gateway.refused());
    page.context().close();
  }

  @Test
  void repairsByKeyboardAlone() {
    gateway.spoil();
    receive(FEW);
    Page page = chromium.open(Viewer.USUAL);
    page.navigate("/");
    Keyboard keys = new Keyboard(page);
    assertThat(page.getByLabel("Name")).isFocused();
    keys.type("olive");
    keys.press("Tab");
    keys.type(Scene.PASSWORD);
    keys.press("Enter");
    assertThat(page).hasURL(Pattern.compile("/$"));
    keys.skipToContent();
    keys.goTo(
        page.locator("a.figure").filter(new Locator.FilterOptions().setHasText("Failed tasks")));
    keys.press("Enter");
    waitFor(page.locator("#undone"), FEW + " tasks are not done");
    keys.skipToContent();
    String href = causes(page).last().getByText("Re-run", exactly()).getAttribute("href");
    Locator cause = page.locator("a[href='" + href + "']");
    keys.goTo(cause);
    receive(1);
    waitFor(page.locator("#undone"), FEW + 1 + " tasks are not done");
    assertThat(cause).isFocused();

    gateway.mend();
    keys.press("Enter");
    assertThat(page).hasURL(Pattern.compile("/tasks/rerun\\?errorGroup="));
    keys.skipToContent();
    keys.goTo(page.getByLabel("How many"));
    keys.press("ArrowDown");
    keys.goTo(button(page, "Try them"));
    keys.press("Space");
    assertThat(page.locator("#notice")).isFocused();
    waitFor(page.locator("#trial"), "All 20 are delivered: the cause is gone.");
    repairTheRest(page, keys);
    assertThat(gateway.delivered()).isEqualTo(gateway.refused());
    page.context().close();
  }

  private static void repairTheRest(Page page, Keyboard keys) {
    keys.goBackTo(page.getByRole(AriaRole.LINK, named("Errors")).first());
    keys.press("Enter");
    waitFor(page.locator("#undone"), FEW + 1 - 20 + " tasks are not done");
    keys.skipToContent();
    keys.goTo(page.getByText("Re-run all that failed"));
    keys.press("Enter");
    assertThat(page).hasURL(Pattern.compile("/tasks/rerun$"));
    keys.skipToContent();
    keys.goTo(page.getByLabel("Reason"));
    keys.type("by keyboard");
    keys.press("Tab");
    keys.type("100");
    keys.press("Enter");
    assertThat(page.locator("#notice")).isFocused();
    waitFor(page.locator("#rest"), "Nothing of it is left: all is delivered.");
    keys.goBackTo(page.getByRole(AriaRole.LINK, named("Audit")));
    keys.press("Enter");
    assertThat(page.locator("tbody tr").first()).containsText("by keyboard");
  }

  private static Page signedIn() {
    Page page = chromium.open(Viewer.USUAL);
    page.navigate("/login");
    page.getByLabel("Name").fill("olive");
    page.getByLabel("Password").fill(Scene.PASSWORD);
    button(page, "Sign in").click();
    assertThat(page).hasURL(Pattern.compile("/$"));
    return page;
  }

  private static void receive(int calls) {
    for (int sent = 0; sent < calls; sent += BATCH) {
      StringBuilder batch = new StringBuilder("<cdrs>");
      int some = Math.min(BATCH, calls - sent);
      for (int i = 0; i < some; i++) {
        batch.append(document());
      }
      Client.Answer answer =
          admin.send("POST", "/api/cdrs/batch", "application/xml", batch + "</cdrs>");
      assertThat(answer.json().getInt("stored")).as(answer.text()).isEqualTo(some);
    }
  }

  private static String document() {
    long start = Instant.now().getEpochSecond();
    return """
    <cdr><data><uuid>%s</uuid><StartEpoch>%d</StartEpoch><TableSuffix>%s</TableSuffix>\
    <rmOrgID>1001</rmOrgID><variables/></data><tasks><task type="CDRToSGAPI"/></tasks></cdr>
    """
        .formatted(UUID.randomUUID(), start, TableSuffix.ofEpochSecond(start));
  }

  private static Locator causes(Page page) {
    return page.locator("#errors tbody tr");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private static void waitFor(Locator locator, String text) {
    assertThat(locator)
        .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
  }

  private static void hasNoBarriers(Page page) {
    assertThat(Chromium.barriers(page)).isEmpty();
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
