package org.waybill.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.waybill.testing.Chromium.Viewer;

/** Takes pictures of screens: whole ones to look at after a test, and those of the documents. */
final class Pictures {
  private static final Path SCREENS = Path.of("target/screens");

  /**
   * {@code -Dwaybill.pictures=docs}: those of the documents are taken anew; else none is touched.
   */
  private static final @Nullable String DOCUMENTS = System.getProperty("waybill.pictures");

  /** Empty and wrong ones look alike everywhere. */
  private static final Pattern UNDOCUMENTED =
      Pattern.compile(".*-(wrong|none|other|week|by-direction)|missing");

  private Pictures() {}

  /** To look at when a test is over. */
  static void take(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENS.resolve(name + ".png")).setFullPage(true));
  }

  /**
   * What fits into a window: it is to be seen at a glance, and the repository is not for pictures.
   */
  static void illustrate(Page page, String name, int width, ColorScheme colours) {
    if (DOCUMENTS != null
        && width == Viewer.USUAL.width()
        && !UNDOCUMENTED.matcher(name).matches()) {
      String file = name + "-" + colours.name().toLowerCase(Locale.ROOT) + ".png";
      page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(DOCUMENTS, "pictures", file)));
    }
  }
}
