package org.waybill.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.gateway.report.CallReport;
import org.waybill.gateway.report.ReportGateway;
import org.waybill.platform.Database;
import org.waybill.platform.DatabaseException;
import org.waybill.platform.WaybillException;
import org.waybill.task.Delivery;
import org.waybill.task.Gateway;

/**
 * Makes batches of reports: which records, under which number, in which bytes is committed before
 * anything is sent, so that whoever sends a batch again sends the same.
 */
final class ReportMaker {
  /** So many documents are in memory at once. */
  private static final int READ_TOGETHER = 200;

  private final Database database;
  private final LeaseStore leases;
  private final Cargoes cargoes;
  private final Sender sender;
  private final ReportGateway reports;

  ReportMaker(Database database, LeaseStore leases, Sender sender, ReportGateway reports) {
    this.database = database;
    this.leases = leases;
    this.cargoes = new Cargoes(database);
    this.sender = sender;
    this.reports = reports;
  }

  /** Deliveries that become a batch, with what it will say of them. */
  private record Draft(List<Delivery> members, List<CallReport> calls) {}

  /** Makes one of what waits. */
  void make(OwnedQueue owned, Gateway consumer, List<Delivery> members, Instant now) {
    try {
      Draft draft = draft(owned, consumer, members);
      if (!draft.members().isEmpty()) {
        commit(owned, consumer, null, List.of(draft), now);
      }
    } catch (DatabaseException e) {
      // The commit may be in doubt: what is in a batch by now is read from the database.
      owned.closeDesk(members);
      throw e;
    }
  }

  /** Makes two of one that was refused for something in it. */
  void halve(OwnedQueue owned, Gateway consumer, ReportBatch refused, Instant now) {
    try {
      List<Delivery> standing =
          database.read("read a batch", c -> ReportBatches.standing(c, refused));
      Draft whole = draft(owned, consumer, standing);
      int size = whole.members().size();
      int half = (size + 1) / 2;
      List<Draft> halves = new ArrayList<>();
      for (int from = 0; from < size; from += half) {
        int to = Math.min(size, from + half);
        halves.add(new Draft(whole.members().subList(from, to), whole.calls().subList(from, to)));
      }
      commit(owned, consumer, refused, halves, now);
    } catch (DatabaseException e) {
      owned.closeDesk(List.of());
      throw e;
    }
  }

  private void commit(
      OwnedQueue owned,
      Gateway consumer,
      @Nullable ReportBatch instead,
      List<Draft> drafts,
      Instant time) {
    Instant now = time.truncatedTo(ChronoUnit.MILLIS);
    Optional<List<ReportBatch>> made =
        database.transact(
            "make a batch of reports",
            connection ->
                leases.renew(connection, owned.queue.lease())
                    ? Optional.of(insert(connection, consumer, instead, drafts, now))
                    : Optional.empty());
    if (made.isEmpty()) {
      owned.queue.lose();
      return;
    }
    if (instead != null) {
      owned.queue.outOfBatch(instead.keys());
      owned.desk().ended(instead, null);
    }
    made.get().forEach(batch -> owned.queue.inBatch(batch.keys()));
    owned.desk().made(made.get());
  }

  private List<ReportBatch> insert(
      Connection connection,
      Gateway consumer,
      @Nullable ReportBatch instead,
      List<Draft> drafts,
      Instant now)
      throws SQLException {
    if (instead != null) {
      ReportBatches.delete(connection, instead);
    }
    List<ReportBatch> made = new ArrayList<>();
    for (Draft draft : drafts) {
      long number = ReportBatches.allot(connection, consumer.id(), now);
      ReportBatch batch = ReportBatch.made(consumer.id(), number, now, draft.members());
      ReportBatches.insert(connection, batch, reports.body(consumer, number, draft.calls()));
      made.add(batch);
    }
    return made;
  }

  /** What can be read; what cannot fails by itself, or it would hold up the others. */
  private Draft draft(OwnedQueue owned, Gateway consumer, List<Delivery> members) {
    Draft draft = new Draft(new ArrayList<>(), new ArrayList<>());
    for (int from = 0; from < members.size(); from += READ_TOGETHER) {
      int to = Math.min(members.size(), from + READ_TOGETHER);
      for (Ready ready : cargoes.ahead(members.subList(from, to))) {
        add(ready, draft, owned, consumer);
      }
    }
    return draft;
  }

  private void add(Ready ready, Draft draft, OwnedQueue owned, Gateway consumer) {
    Delivery delivery = ready.delivery();
    try {
      Cargo cargo = ready.cargo() == null ? cargoes.now(delivery) : ready.cargo();
      draft.calls().add(CallReport.of(cargo.cdr()));
      draft.members().add(delivery);
    } catch (DatabaseException e) {
      throw e;
    } catch (WaybillException | IllegalArgumentException e) {
      sender.unsendable(owned.queue, consumer, delivery, e);
    }
  }
}
