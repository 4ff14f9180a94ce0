package org.waybill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.CdrRanges;
import org.waybill.cdr.Counted;
import org.waybill.cdr.IdRange;
import org.waybill.ledger.Account;
import org.waybill.ledger.Entries;
import org.waybill.ledger.Entry;
import org.waybill.ledger.Page;
import org.waybill.platform.Database;
import org.waybill.report.LedgerLine.Amount;

/** Reads the books of a day, and compares them with the rows that are stored. */
@ApplicationScoped
public class LedgerReport {
  private final Database database;

  @Inject
  public LedgerReport(Database database) {
    this.database = database;
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected LedgerReport() {
    this.database = null;
  }

  /** Amounts by page and account. */
  private static final class Books {
    private final Map<Page, Map<Account, Amount>> pages = new HashMap<>();

    void add(Page page, Account account, Amount amount) {
      pages
          .computeIfAbsent(page, key -> new EnumMap<>(Account.class))
          .merge(account, amount, Amount::plus);
    }

    Map<Account, Amount> of(Page page) {
      return pages.getOrDefault(page, Map.of());
    }
  }

  /**
   * The pages of some days, by day, source and organization.
   *
   * @param to the day after the last
   * @param recompute also count the rows: that reads all CDRs and tasks there are
   */
  public List<LedgerLine> read(LocalDate from, LocalDate to, boolean recompute) {
    return database.snapshot(
        "read the ledger",
        connection -> {
          Books booked = booked(connection, from, to);
          Books rows = recompute ? LedgerReport.rows(connection, from, to) : null;
          return lines(booked, rows);
        });
  }

  private static List<LedgerLine> lines(Books booked, @Nullable Books rows) {
    TreeSet<Page> pages =
        new TreeSet<>(
            Comparator.comparing(Page::day)
                .thenComparing(Page::source)
                .thenComparing(page -> page.rmOrgId() == null ? 0 : page.rmOrgId()));
    pages.addAll(booked.pages.keySet());
    if (rows != null) {
      pages.addAll(rows.pages.keySet());
    }
    List<LedgerLine> lines = new ArrayList<>();
    for (Page page : pages) {
      lines.add(
          new LedgerLine(
              page, booked.of(page), rows == null ? null : compared(booked, rows, page)));
    }
    return lines;
  }

  /** An account that is booked but has no rows is one of which there should be some. */
  private static Map<Account, Amount> compared(Books booked, Books rows, Page page) {
    Map<Account, Amount> compared = new EnumMap<>(Account.class);
    for (Account account : LedgerRows.RECOMPUTED) {
      Amount nothing = new Amount(0, 0);
      compared.put(account, rows.of(page).getOrDefault(account, nothing));
    }
    return booked.of(page).isEmpty() && rows.of(page).isEmpty() ? Map.of() : compared;
  }

  private static Books booked(Connection connection, LocalDate from, LocalDate to)
      throws SQLException {
    Books books = new Books();
    read(connection, LedgerRows.BOOKED, from, to, books);
    for (Entry entry : Entries.unfolded(connection)) {
      LocalDate day = entry.page().day();
      if (!day.isBefore(from) && day.isBefore(to)) {
        books.add(entry.page(), entry.account(), new Amount(entry.count(), entry.seconds()));
      }
    }
    List<IdRange> unfolded = CdrRanges.unfolded(connection);
    if (!unfolded.isEmpty()) {
      String sql = LedgerRows.cdrs(Account.FOUND) + " AND " + Counted.within(unfolded);
      read(connection, sql + LedgerRows.BY_PAGE, from, to, books);
    }
    return books;
  }

  private static Books rows(Connection connection, LocalDate from, LocalDate to)
      throws SQLException {
    Books books = new Books();
    for (String sql : LedgerRows.RECOMPUTE) {
      read(connection, sql, from, to, books);
    }
    return books;
  }

  private static void read(
      Connection connection, String sql, LocalDate from, LocalDate to, Books books)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, from.toString());
      select.setString(2, to.toString());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          books.add(
              Page.ofColumns(
                  LocalDate.parse(row.getString("day")),
                  row.getString("source"),
                  row.getInt("rmOrgID")),
              Account.ofWord(row.getString("account")),
              new Amount(row.getLong("amount"), row.getLong("seconds")));
        }
      }
    }
  }
}
