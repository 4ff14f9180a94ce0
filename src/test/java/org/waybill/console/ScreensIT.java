package org.waybill.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waybill.testing.Chromium;
import org.waybill.testing.Chromium.Viewer;
import org.waybill.testing.WaybillServer;

/** The console as people see it: in a browser, on a server where something has gone wrong. */
@Tag("any-database")
class ScreensIT {
  /** What answers GET beside screens: files, fragments of pages and streams. */
  private static final Pattern NO_SCREEN =
      Pattern.compile(".*(\\.csv|/matching|/live|/assets/.*|/login/oidc.*)");

  private static WaybillServer server;
  private static Scene scene;
  private static Screens screens;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Chromium.isThere(), "Install chromium to run this.");
    server = WaybillServer.named("screens").start();
    scene = new Scene(server);
    screens = new Screens(scene);
    chromium = Chromium.on(server.uri(""));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      chromium.close();
      scene.close();
      server.close();
    }
  }

  @AfterEach
  void noPageComplains() {
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void isLegibleToEverybodyOnEveryScreen() {
    List<String> wrong = new ArrayList<>();
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(1280, 768)) {
        Page page = signedIn("admin", new Viewer(width, colours, true));
        screens
            .addresses()
            .forEach(
                (path, name) -> {
                  page.navigate(path);
                  String look = name + "-" + width + "-" + colours.name().toLowerCase(Locale.ROOT);
                  Pictures.take(page, look);
                  Pictures.illustrate(page, name, width, colours);
                  Chromium.barriers(page).forEach(one -> wrong.add(look + ": " + one));
                  if (Chromium.isWiderThanItsWindow(page)) {
                    wrong.add(look + ": wider than " + width);
                  }
                  if (Chromium.unfolds(page)) {
                    Pictures.take(page, look + "-unfolded");
                    Chromium.barriers(page).forEach(one -> wrong.add(look + " unfolded: " + one));
                  }
                });
        page.context().close();
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void makesTheOverviewBeforeAnybodyAsks() {
    assertThat(server.errors()).doesNotContain("WB-CONSOLE-03");
  }

  @Test
  void looksAtEveryScreenThatThereIs() {
    Set<String> routes =
        Routes.pages().keySet().stream()
            .filter(route -> route.startsWith("get ") && !NO_SCREEN.matcher(route).matches())
            .map(route -> route.substring("get ".length()))
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> patterns = routes.stream().map(ScreensIT::pattern).toList();
    Set<String> seen = screens.addresses().keySet();
    assertThat(patterns)
        .allSatisfy(
            pattern ->
                assertThat(seen).anyMatch(path -> URI.create(path).getPath().matches(pattern)));
  }

  @Test
  void signsInByKeyboardAndGoesWhereOneWanted() {
    Page page = chromium.open(Viewer.USUAL);
    page.navigate("/tasks?state=failed");
    assertThat(page).hasURL(Pattern.compile("/login\\?to="));
    page.keyboard().type("rita");
    page.keyboard().press("Tab");
    page.keyboard().type("wrong");
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.ALERT)).hasText("Nobody has this name and password.");
    page.keyboard().type(Scene.PASSWORD);
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile("/tasks\\?state=failed$"));
    page.waitForLoadState();
    page.keyboard().press("/");
    assertThat(page.getByLabel("State")).isFocused();
    button(page, "Sign out").press("Enter");
    assertThat(page).hasURL(Pattern.compile("/login$"));
    page.navigate("/cdrs");
    assertThat(page).hasURL(Pattern.compile("/login\\?to="));
  }

  @Test
  void showsOnlyWhatARoleMayDo() {
    Page reader = signedIn("rita", Viewer.USUAL);
    reader.navigate("/tasks/" + scene.failed().get(0));
    assertThat(button(reader, "Re-run")).hasCount(0);
    Response users = reader.navigate("/organizations/users");
    assertThat(users.status()).isEqualTo(403);
    assertThat(reader.getByRole(AriaRole.HEADING)).hasText("Not for your roles");
  }

  @Test
  void takesNothingFromPagesOfOthers() {
    Page page = signedIn("olive", Viewer.USUAL);
    RequestOptions form =
        RequestOptions.create().setHeader("Accept", "text/html").setMaxRedirects(0);
    assertThat(page.request().post("/gateways/1/pause", form).status()).isEqualTo(403);
    assertThat(page.request().post("/api/gateways/1/pause").status()).isEqualTo(403);
    assertThat(scene.admin.get("/api/gateways/1").json().getBoolean("paused")).isFalse();
  }

  @Test
  void readsWithoutScripts() {
    Page page = signedIn("rita", new Viewer(1280, ColorScheme.LIGHT, false));
    page.navigate("/cdrs");
    page.getByLabel("Hangup cause").fill("USER_BUSY");
    button(page, "Search").click();
    assertThat(page).hasURL(Pattern.compile("hangupCause=USER_BUSY"));
    Locator rows = page.locator("tbody tr");
    assertThat(rows.first()).containsText("USER_BUSY");
    assertThat(page.locator("time").first()).containsText("UTC");
    rows.first().getByRole(AriaRole.LINK).first().click();
    assertThat(page).hasURL(Pattern.compile("/cdrs/[0-9a-f-]{36}"));
    assertThat(page.getByText("Normalized CDR")).isVisible();
  }

  @Test
  void showsTimesInTheViewersZoneAndInUtcOnHover() {
    Page page = signedIn("rita", Viewer.USUAL);
    page.navigate("/audit");
    Locator time = page.locator("tbody time").first();
    assertThat(time).hasText(Pattern.compile("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$"));
    assertThat(time).hasAttribute("title", Pattern.compile(" UTC$"));
  }

  @Test
  void followsWhatHappensWithoutBeingLoadedAnew() {
    Page page = signedIn("rita", Viewer.USUAL);
    page.navigate("/operations");
    assertThat(page.locator(".live")).hasText("Live");
    page.evaluate("() => { window.same = true; }");
    scene.admin.post("/api/tasks/rerun", "{\"filter\":{\"state\":\"cancelled\",\"orgId\":1}}");
    assertThat(page.locator("#operations tbody tr").first()).containsText("task.rerun");
    assertThat(page.evaluate("() => window.same")).isEqualTo(true);
  }

  @Test
  void readsTheValuesOfAChartByKeyboardAndGoesOnWhileItFollows() {
    Page page = signedIn("rita", Viewer.USUAL);
    Locator chart = page.locator("#flow-documents .plot");
    assertThat(chart).hasAttribute("role", "slider");
    chart.focus();
    chart.press("Home");
    assertThat(chart).hasAttribute("aria-valuenow", "1");
    chart.press("ArrowRight");
    assertThat(chart).hasAttribute("aria-valuenow", "2");
    assertThat(chart)
        .hasAttribute("aria-valuetext", Pattern.compile(", Received \\d+, Stored \\d+, Rejected "));
    Locator received = page.locator("#flow-documents + .legend b").first();
    int before = Integer.parseInt(received.textContent());
    scene.call(77);
    assertThat(received).hasText(String.valueOf(before + 1));
    assertThat(chart).isFocused();
    assertThat(chart).hasAttribute("aria-valuenow", "2");
    assertThat(page.locator("#flow-documents .cursor line")).hasCount(1);
  }

  @Test
  void leadsFromANumberToTheCdrsThatItCounts() {
    Page page = signedIn("rita", Viewer.USUAL);
    page.navigate("/statistics");
    page.locator("#groupBy").selectOption("hangupCause");
    assertThat(page).hasURL(Pattern.compile("groupBy=hangupCause"));
    Locator row =
        page.locator("#calls tbody tr").filter(new Locator.FilterOptions().setHasText("USER_BUSY"));
    Locator calls = row.getByRole(AriaRole.LINK).first();
    int number = Integer.parseInt(calls.textContent());
    calls.click();
    assertThat(page).hasURL(Pattern.compile("/cdrs\\?hangupCause=USER_BUSY$"));
    assertThat(page.locator("#results tbody tr")).hasCount(number);
  }

  @Test
  void countsNumbersBehindAPageThatStandsAlready() {
    for (boolean scripts : List.of(true, false)) {
      Page page = signedIn("rita", new Viewer(1280, ColorScheme.LIGHT, scripts));
      Response answer = page.navigate("/statistics?groupBy=callingNumber");
      assertThat(answer.text()).contains("Counting").doesNotContain("+3314268");
      if (!scripts) {
        page.getByText("count them").click();
      }
      assertThat(page.locator("#calls tbody tr").first()).containsText("+3314268");
      page.context().close();
    }
  }

  @Test
  void goesToTheStoryOfAUuid() {
    Page page = signedIn("rita", Viewer.USUAL);
    page.navigate("/cdrs");
    page.getByLabel("UUID").fill(screens.raw());
    page.getByLabel("UUID").press("Enter");
    assertThat(page).hasURL(Pattern.compile("/cdrs/" + screens.raw() + "$"));
    assertThat(page.getByText("Normalized CDR")).isVisible();
  }

  @Test
  void reRunsAllThatMatchAfterAFew() {
    int failed = scene.failed().size();
    Page page = signedIn("olive", Viewer.USUAL);
    page.navigate("/tasks");
    page.getByLabel("State").selectOption("failed");
    assertThat(page).hasURL(Pattern.compile("/tasks\\?state=failed$"));
    assertThat(page.locator("#results tbody tr")).hasCount(failed);
    page.getByText("Re-run all that match, a few first").click();
    assertThat(page.locator("#matching")).hasText(String.valueOf(failed));
    page.getByLabel("How many").selectOption("1");
    button(page, "Try them").click();
    assertThat(page.locator("#trial"))
        .containsText("1 of 1 failed again: the cause is still there.");
    assertThat(page.locator("#trial tbody")).containsText("422");
    page.getByLabel("Reason").fill("the customer is known now");
    button(page, "Re-run all " + failed).click();
    assertThat(page.locator("#rest")).containsText("the customer is known now");
    assertThat(page.locator("#rest")).containsText(failed + " still match.");
    page.navigate("/audit?who=olive&action=operation.start");
    assertThat(page.locator("tbody tr").first()).containsText("the customer is known now");
  }

  @Test
  void changesTheRateOfARunningOperation() {
    Page page = signedIn("olive", Viewer.USUAL);
    String started =
        scene
            .admin
            .post(
                "/api/tasks/priority",
                "{\"filter\":{\"state\":\"pending\"},\"priority\":\"high\",\"ratePerSecond\":1}")
            .header("Location");
    page.navigate(URI.create(started).getPath().replace("/api", ""));
    assertThat(page.locator(".chip").first()).hasText("running");
    Pictures.take(page, "operation-running");
    page.getByLabel("Per second at most").fill("500");
    button(page, "Change the rate").click();
    assertThat(page.locator(".notice")).hasText("It goes on at that rate.");
    assertThat(page.locator("main")).containsText("at most 500 a second");
    assertThat(page.locator(".chip").first()).hasText("done");
    page.navigate("/audit?action=operation.rate");
    assertThat(page.locator("tbody tr").first()).containsText("from 1 a second to 500 a second");
  }

  @Test
  void probesAGatewayWhenAnOperatorAsks() {
    Scene.await(
        () ->
            scene
                .admin
                .get("/api/gateways/2")
                .json()
                .getJsonObject("circuit")
                .getString("state")
                .equals("open"));
    Page page = signedIn("olive", Viewer.USUAL);
    page.navigate("/gateways/2");
    button(page, "Probe gateway 2 now").click();
    assertThat(page.locator(".notice")).containsText("goes to gateway 2 as a probe");
    assertThat(page.locator("#gateway tbody")).containsText("An operator asked for a probe.");
  }

  @Test
  void postponesTickedTasksAndSavesAllThatMatch() {
    Page page = signedIn("olive", Viewer.USUAL);
    page.navigate("/tasks?state=pending");
    int pending = page.locator("#results tbody tr").count();
    page.getByText("Do something with several").click();
    assertThat(page.locator(".together [role=status]")).containsText(pending + " pending");
    page.getByLabel("Select all on this page").check();
    assertThat(page.locator("tick-count")).hasText("(" + pending + " ticked)");
    page.locator("tbody input[type=checkbox]").nth(0).uncheck();
    page.getByLabel("Not before").fill("2036-11-21T06:00:30");
    button(page, "Postpone").click();
    assertThat(page).hasURL(Pattern.compile("/operations/\\d+$"));
    assertThat(page.locator("main"))
        .containsText(String.format(Locale.ROOT, "%1$d of %1$d", pending - 1));
    String csv = scene.admin.get("/tasks.csv?state=pending").text();
    assertThat(csv.lines()).hasSize(pending + 1).first().asString().startsWith("id,type,state,");
    assertThat(csv).contains(",2036-11-21T05:00:30Z,");
    assertThat(scene.admin.get("/api/tasks?state=pending", "text/csv").text()).isEqualTo(csv);
  }

  @Test
  void changesThePriorityOfATickedTaskAndCancelsIt() {
    int task = scene.items("/api/tasks?cdr=" + scene.call(0)).get(0).getInt("id");
    Page page = signedIn("olive", Viewer.USUAL);
    tick(page, "/tasks?state=pending", task);
    page.getByLabel("New priority").selectOption("low");
    button(page, "Change priority").click();
    assertThat(page.locator("main")).containsText("1 of 1");
    tick(page, "/tasks?state=pending&priority=low", task);
    button(page, "Cancel").click();
    assertThat(page).hasURL(Pattern.compile("/operations/\\d+$"));
    assertThat(page.locator("main")).containsText("1 of 1");
    page.navigate("/tasks/" + task);
    assertThat(page.locator(".chip").first()).hasText("cancelled");
    page.navigate("/audit?who=olive&action=operation.start");
    assertThat(page.locator("tbody tr").nth(0)).containsText("task.cancel");
    assertThat(page.locator("tbody tr").nth(1)).containsText("task.priority");
  }

  @Test
  void showsTheCauseBehindManyTasks() {
    int failed = scene.failed().size();
    Page page = signedIn("olive", Viewer.USUAL);
    page.navigate("/errors");
    Locator cause = page.locator("tbody tr").filter(containing("no such customer"));
    assertThat(cause).containsText(failed + " failed");
    cause.getByText(failed + " failed").click();
    assertThat(page.locator("#results tbody tr")).hasCount(failed);
    page.goBack();
    cause.getByText("Give up").click();
    cause.getByLabel("Reason").fill("never a customer of ours");
    assertThat(button(page, "Cancel them")).isVisible();
  }

  private static void tick(Page page, String list, int task) {
    page.navigate(list);
    page.getByText("Do something with several").click();
    page.getByLabel("Task " + task).check();
  }

  private static String pattern(String route) {
    return route.length() > 1 ? route.replaceAll("\\{[^}]*}", "[^/]+") : "/";
  }

  private static Page signedIn(String name, Viewer viewer) {
    Page page = chromium.open(viewer);
    page.navigate("/login");
    page.getByLabel("Name").fill(name);
    page.getByLabel("Password")
        .fill(name.equals("admin") ? WaybillServer.ADMIN_PASSWORD : Scene.PASSWORD);
    button(page, "Sign in").click();
    assertThat(page).hasURL(Pattern.compile("/$"));
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator.FilterOptions containing(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
