package org.waybill.bench;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.waybill.testing.Chromium;

/**
 * What somebody waits for who opens the console right after the server has said that it is ready:
 * the first paint of each page in Chromium, in ms from the beginning of its navigation. No page was
 * asked for before.
 */
final class FirstPaint {
  private static final List<String> PAGES =
      List.of(
          "/", "/cdrs", "/tasks", "/errors", "/gateways", "/statistics", "/operations", "/audit");

  private FirstPaint() {}

  /** A table of the pages in the order in which they were opened. */
  static String measure(ServerUnderTest server) throws IOException {
    StringBuilder table = new StringBuilder("| page, cold | first paint ms |\n|---|---|\n");
    try (Chromium chromium = Chromium.on(server.url())) {
      Page page = chromium.open(Chromium.Viewer.USUAL);
      page.navigate("/login");
      table.append(line(page));
      FormData form =
          FormData.create()
              .set("name", "admin")
              .set("password", server.secret("admin-password"))
              .set("to", "/login");
      // Apart: to check a password takes long on purpose.
      page.request().post("/login", RequestOptions.create().setForm(form));
      for (String path : PAGES) {
        page.navigate(path);
        table.append(line(page));
      }
    }
    System.out.println(table);
    return table.toString();
  }

  private static String line(Page page) {
    Object millis =
        page.evaluate(
            """
            () => new Promise((told) => new PerformanceObserver((list) => {
                const first = list.getEntriesByName("first-contentful-paint")[0];
                if (first) told(first.startTime);
              }).observe({type: "paint", buffered: true}))
            """);
    String path = page.url().replaceFirst("^http://[^/]+", "");
    return String.format(Locale.ROOT, "| `%s` | %.0f |%n", path, ((Number) millis).doubleValue());
  }
}
