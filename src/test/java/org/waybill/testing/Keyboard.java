package org.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/** Somebody who has no mouse: goes from one thing to the next, and sees at each where it is. */
public final class Keyboard {
  private static final int FAR = 80;

  private final Page page;

  public Keyboard(Page page) {
    this.page = page;
  }

  public void press(String key) {
    page.keyboard().press(key);
  }

  public void type(String text) {
    page.keyboard().type(text);
  }

  /** From the top of a page, past what is the same on all of them. */
  public void skipToContent() {
    page.waitForLoadState();
    press("Tab");
    assertThat(page.evaluate("() => document.activeElement.hash")).isEqualTo("#main");
    seesWhereItIs();
    press("Enter");
    assertThat(page.evaluate("() => document.activeElement.id")).isEqualTo("main");
  }

  /** Onwards until it is there; the way never leads back up the document. */
  public void goTo(Locator target) {
    go(target, "Tab");
  }

  public void goBackTo(Locator target) {
    go(target, "Shift+Tab");
  }

  private void go(Locator target, String key) {
    List<String> way = new ArrayList<>();
    for (int steps = 0; steps < FAR; steps++) {
      page.evaluate("() => { window.before = document.activeElement; }");
      press(key);
      seesWhereItIs();
      way.add(String.valueOf(page.evaluate("() => document.activeElement.outerHTML")));
      if (isFocused(target)) {
        return;
      }
      assertThat(isInOrder(key)).as("goes astray: " + way).isTrue();
    }
    throw new AssertionError("Nowhere in " + FAR + " steps: " + target + ", but " + way);
  }

  private static boolean isFocused(Locator target) {
    return target.count() == 1
        && Boolean.TRUE.equals(target.evaluate("it => it === document.activeElement"));
  }

  private boolean isInOrder(String key) {
    return Boolean.TRUE.equals(
        page.evaluate(
            """
            (way) => {
              const now = document.activeElement;
              const order = window.before.compareDocumentPosition(now);
              return window.before === document.body || now !== document.body && (order & way) !== 0;
            }
            """,
            key.equals("Tab") ? 4 : 2));
  }

  /** It has an outline, is in the window, and nothing lies over it. */
  private void seesWhereItIs() {
    Object wrong =
        page.evaluate(
            """
            () => {
              const it = document.activeElement;
              const style = getComputedStyle(it);
              const box = it.getClientRects()[0];
              const x = Math.max(1, box.left) + Math.min(5, box.width / 2);
              const y = Math.max(1, box.top) + Math.min(5, box.height / 2);
              const above = document.elementFromPoint(x, y);
              const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1
                && above && (it.contains(above) || above.contains(it));
              return seen ? "" : `${style.outline} ${JSON.stringify(box)} ${it.outerHTML}`;
            }
            """);
    assertThat(wrong).as("focus that nobody sees").isEqualTo("");
  }
}
