package org.waybill.console;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.waybill.ledger.Account;
import org.waybill.report.CallAudit;
import org.waybill.report.LedgerLine;

/** Pages of the ledger as readers see them. */
final class LedgerViews {
  private static final List<Account> TASKS =
      List.of(Account.TASK, Account.DONE, Account.PENDING, Account.FAILED, Account.CANCELLED);
  private static final String HEADER =
      "day,source,rmOrgID,received,stored,duplicates,rejected,tasks,done,pending,failed,cancelled,"
          + "receivedSeconds,amendedSeconds,storedSeconds,duplicateSeconds,balanced\r\n";

  private LedgerViews() {}

  static JsonObject line(LedgerLine line) {
    JsonMembers json =
        new JsonMembers()
            .add("source", line.page().source())
            .add("rmOrgID", line.page().rmOrgId())
            .add("received", line.count(Account.RECEIVED))
            .add("stored", line.count(Account.STORED))
            .add("duplicates", line.count(Account.DUPLICATE))
            .add("rejected", line.rejected())
            .add("rejectedAgain", line.count(Account.REPEATED))
            .add("found", line.count(Account.FOUND))
            .add("seconds", seconds(line));
    for (Account account : TASKS) {
      json.add(account == Account.TASK ? "tasks" : account.word(), line.count(account));
    }
    if (line.recomputed() != null) {
      json.add("recomputed", recomputed(line));
    }
    return json.add("balanced", line.isBalanced()).build();
  }

  private static JsonObject seconds(LedgerLine line) {
    return new JsonMembers()
        .add("received", line.seconds(Account.RECEIVED))
        .add("amended", line.seconds(Account.AMENDED))
        .add("stored", line.seconds(Account.STORED))
        .add("duplicates", line.seconds(Account.DUPLICATE))
        .add("found", line.seconds(Account.FOUND))
        .build();
  }

  private static JsonObject recomputed(LedgerLine line) {
    JsonMembers json = new JsonMembers();
    Map<Account, LedgerLine.Amount> rows = line.recomputed();
    if (rows != null) {
      rows.forEach((account, amount) -> json.add(account.word(), amount.count()));
      LedgerLine.Amount stored = rows.get(Account.STORED);
      json.add("storedSeconds", stored == null ? 0 : stored.seconds());
    }
    return json.build();
  }

  static String csv(List<LedgerLine> lines) {
    return lines.stream().map(LedgerViews::row).collect(Collectors.joining("", HEADER, ""));
  }

  private static String row(LedgerLine line) {
    Integer organization = line.page().rmOrgId();
    return Stream.of(
                line.page().day(),
                CdrCsv.quoted(line.page().source()),
                organization == null ? "" : organization,
                line.count(Account.RECEIVED),
                line.count(Account.STORED),
                line.count(Account.DUPLICATE),
                line.rejected(),
                line.count(Account.TASK),
                line.count(Account.DONE),
                line.count(Account.PENDING),
                line.count(Account.FAILED),
                line.count(Account.CANCELLED),
                line.seconds(Account.RECEIVED),
                line.seconds(Account.AMENDED),
                line.seconds(Account.STORED),
                line.seconds(Account.DUPLICATE),
                line.isBalanced())
            .map(String::valueOf)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  static JsonObject difference(CallAudit.Difference difference) {
    return new JsonMembers()
        .add("sum", difference.sum())
        .add("calls", difference.calls())
        .add("answered", difference.answered())
        .add("seconds", difference.seconds())
        .add("effective", difference.effective())
        .build();
  }
}
