package org.waybill.report;

import io.prometheus.metrics.core.metrics.Gauge;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.ledger.Page;
import org.waybill.platform.Metrics;

/** Looks every minute whether the books of the last days balance, and says so where they do not. */
@ApplicationScoped
public class LedgerWatch {
  private static final Logger LOG = System.getLogger(LedgerWatch.class.getName());
  private static final int DAYS = 8;
  private static final int SECONDS_BETWEEN = 60;
  private static final int SECONDS_TO_FIRST = 5;

  private final LedgerReport ledger;
  private final Clock clock;
  private final Gauge unbalanced;
  private Set<Page> alarmed = Set.of();
  private volatile @Nullable Seen seen;
  private boolean failing;

  @Resource private @Nullable ManagedScheduledExecutorService executor;
  private @Nullable Future<?> runs;

  @Inject
  public LedgerWatch(LedgerReport ledger, Clock clock, Metrics metrics) {
    this.ledger = ledger;
    this.clock = clock;
    this.unbalanced =
        Gauge.builder()
            .name("waybill_ledger_unbalanced")
            .help(
                "Pages of the ledger of the last days (day, source, organization) that do not balance.")
            .register(metrics.registry());
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected LedgerWatch() {
    this.ledger = null;
    this.clock = null;
    this.unbalanced = null;
  }

  /**
   * What it saw when it looked last.
   *
   * @param unbalanced days of which a page does not balance, by UTC
   */
  public record Seen(Instant at, SortedSet<LocalDate> unbalanced) {}

  /** Null until it has looked, and while it cannot. */
  public @Nullable Seen seen() {
    return seen;
  }

  void atStart(@Observes @Initialized(ApplicationScoped.class) Object started) {
    if (executor != null) {
      runs =
          executor.scheduleWithFixedDelay(
              this::run, SECONDS_TO_FIRST, SECONDS_BETWEEN, TimeUnit.SECONDS);
    }
  }

  @PreDestroy
  void stop() {
    if (runs != null) {
      runs.cancel(false);
    }
  }

  private void run() {
    try {
      look();
      failing = false;
    } catch (RuntimeException e) {
      seen = null;
      if (!failing) {
        failing = true;
        LOG.log(
            Level.WARNING,
            "WB-LEDGER-02 Whether the ledger balances cannot be read. See that the database is up."
                + " ({0})",
            e.getMessage());
      }
    }
  }

  /** Once for each page that does not balance, until it does. */
  void look() {
    Instant now = clock.instant();
    LocalDate tomorrow = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
    List<LedgerLine> wrong =
        ledger.read(tomorrow.minusDays(DAYS), tomorrow, false).stream()
            .filter(line -> !line.isBalanced())
            .toList();
    unbalanced.set(wrong.size());
    Set<Page> pages = new HashSet<>();
    for (LedgerLine line : wrong) {
      pages.add(line.page());
      if (!alarmed.contains(line.page())) {
        alarm(line);
      }
    }
    alarmed = pages;
    seen =
        new Seen(now, pages.stream().map(Page::day).collect(Collectors.toCollection(TreeSet::new)));
  }

  private static void alarm(LedgerLine line) {
    Page page = line.page();
    LOG.log(
        Level.ERROR,
        "WB-LEDGER-01 The ledger of {0}, source {1}, organization {2}, does not balance: {3}. Ask"
            + " GET /api/audit/ledger?day={0}&recompute=true what the stored rows say, and report"
            + " this as a bug, unless somebody has changed rows by hand.",
        page.day(),
        page.source(),
        String.valueOf(page.rmOrgId()),
        line.booked());
  }
}
