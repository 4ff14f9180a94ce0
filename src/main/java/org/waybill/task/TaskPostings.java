package org.waybill.task;

import java.util.Collection;
import org.waybill.ledger.Account;
import org.waybill.ledger.Page;
import org.waybill.ledger.Postings;

/** Tasks in the ledger: each is in exactly one state, from its making on. */
final class TaskPostings {
  private TaskPostings() {}

  static void made(Collection<NewTaskRow> rows, Postings postings) {
    for (NewTaskRow row : rows) {
      Page page = Page.of(row.createTime(), row.source(), row.rmOrgId());
      postings
          .addTasks(page, row.task().type(), Account.TASK, 1)
          .addTasks(page, row.task().type(), Account.PENDING, 1);
    }
  }

  static Postings moved(Collection<TaskRow> rows) {
    Postings postings = new Postings();
    for (TaskRow row : rows) {
      TaskRow.Booked booked = row.booked();
      postings
          .addTasks(booked.page(), booked.type(), account(booked.state()), -1)
          .addTasks(booked.page(), booked.type(), account(row.state()), 1);
    }
    return postings;
  }

  private static Account account(TaskState state) {
    return switch (state) {
      case PENDING -> Account.PENDING;
      case DONE -> Account.DONE;
      case FAILED -> Account.FAILED;
      case CANCELLED -> Account.CANCELLED;
    };
  }
}
