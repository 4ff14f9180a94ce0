package org.waybill.importer;

import java.io.Console;
import java.io.PrintStream;

/** How far it is, where someone sits at a terminal. */
final class ProgressBar {
  private static final int WIDTH = 40;
  private static final long EVERY_MILLIS = 200;

  private final Tally tally;
  private final PrintStream err;
  private final boolean watched = isTerminal();

  ProgressBar(Tally tally, PrintStream err) {
    this.tally = tally;
    this.err = err;
  }

  /** Since Java 22 there is always a console, which says itself whether it is one. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    try {
      return console != null
          && Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  void showUntil(Thread ended) throws InterruptedException {
    while (ended.isAlive()) {
      ended.join(EVERY_MILLIS);
      show();
    }
  }

  void end() {
    show();
    if (watched) {
      err.println();
    }
  }

  private void show() {
    if (watched) {
      err.print("\r" + bar(tally.counted(), tally.files()));
      err.flush();
    }
  }

  /** {@code [##### ] 50 % 1000 of 2000}. */
  static String bar(int done, int of) {
    int share = of == 0 ? WIDTH : (int) ((long) done * WIDTH / of);
    int percent = of == 0 ? 100 : (int) (done * 100L / of);
    return "[%s%s] %3d %%  %d of %d"
        .formatted("#".repeat(share), " ".repeat(WIDTH - share), percent, done, of);
  }
}
