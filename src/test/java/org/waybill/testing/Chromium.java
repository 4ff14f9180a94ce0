package org.waybill.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The browser of the system, for tests that look at pages as people do. */
public final class Chromium implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final int HEIGHT = 900;
  private static final double PATIENCE = 60_000;
  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  private final Playwright playwright;
  private final Browser browser;
  private final URI server;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private Chromium(Playwright playwright, Browser browser, URI server) {
    this.playwright = playwright;
    this.browser = browser;
    this.server = server;
  }

  /** Whether a test can use it: on a desk it may be missing, where CI is set it may not. */
  public static boolean isThere() {
    return Files.isExecutable(PROGRAM) || System.getenv("CI") != null;
  }

  /** Started, for the pages of one server. */
  public static Chromium on(URI server) {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    Map<String, String> ownBrowser = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(ownBrowser));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(PROGRAM)
                    .setChromiumSandbox(false)
                    .setArgs(
                        List.of(
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-first-run")));
    return new Chromium(playwright, browser, server);
  }

  /** How somebody looks at pages. */
  public record Viewer(int width, ColorScheme colours, boolean scripts) {
    public static final Viewer USUAL = new Viewer(1280, ColorScheme.LIGHT, true);
  }

  /** A window of somebody who has not signed in yet. */
  public Page open(Viewer viewer) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(server.toString())
                .setViewportSize(viewer.width(), HEIGHT)
                .setColorScheme(viewer.colours())
                .setJavaScriptEnabled(viewer.scripts())
                .setTimezoneId("Europe/Paris"));
    if (viewer.scripts()) {
      context.addInitScript(axe());
    }
    Page page = context.newPage();
    page.onPageError(error -> complaints.add(page.url() + ": " + error));
    page.onConsoleMessage(message -> listen(page, message));
    return page;
  }

  /** What pages have complained about since the last time: broken policies and broken scripts. */
  public List<String> complaints() {
    List<String> all = List.copyOf(complaints);
    complaints.clear();
    return all;
  }

  /** What axe-core finds wrong with a page: a line each; WCAG 2.1 AA and its best practices. */
  @SuppressWarnings("unchecked")
  public static List<String> barriers(Page page) {
    Object found =
        page.evaluate(
            """
            () => axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})
              .then((result) => result.violations.flatMap((one) => one.nodes.map((node) =>
                one.id + ": " + node.target.join(" ") + ": " + node.failureSummary)))
            """);
    return (List<String>) found;
  }

  /** Shows all that is folded away; false where nothing is. */
  public static boolean unfolds(Page page) {
    return Boolean.TRUE.equals(
        page.evaluate(
            """
            () => {
              const folded = document.querySelectorAll("main details");
              folded.forEach((one) => (one.open = true));
              return folded.length > 0;
            }
            """));
  }

  /** Whether one has to scroll sideways. */
  public static boolean isWiderThanItsWindow(Page page) {
    return Boolean.TRUE.equals(
        page.evaluate(
            "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"));
  }

  private void listen(Page page, ConsoleMessage message) {
    // The browser reports every answer from 400 up as an error of the page.
    if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
      complaints.add(page.url() + ": " + message.text());
    }
  }

  private static String axe() {
    try (InputStream input = Chromium.class.getResourceAsStream(AXE)) {
      if (input == null) {
        throw new IllegalStateException("The class path lacks " + AXE);
      }
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
