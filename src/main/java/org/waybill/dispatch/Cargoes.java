package org.waybill.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.CdrDocuments;
import org.waybill.cdr.Days;
import org.waybill.cdr.StoredXml;
import org.waybill.platform.Database;
import org.waybill.platform.WaybillException;
import org.waybill.task.Delivery;
import org.waybill.task.TaskDocuments;
import org.waybill.task.TaskDocuments.TaskDocument;
import org.waybill.task.TaskXml;

/** Reads what deliveries carry, many at once. */
final class Cargoes {
  /** Longer documents are read when their turn comes: memory must not depend on the backlog. */
  static final int READ_AHEAD_BYTES = 16 * 1024;

  private final Database database;

  Cargoes(Database database) {
    this.database = database;
  }

  /** The cargo of each delivery whose document is short and readable. */
  List<Ready> ahead(Collection<Delivery> deliveries) {
    if (deliveries.isEmpty()) {
      return List.of();
    }
    Documents documents = database.read("read cargo", c -> documents(c, deliveries));
    return deliveries.stream().map(one -> new Ready(one, readable(one, documents))).toList();
  }

  /**
   * The cargo of one delivery, however long.
   *
   * @throws WaybillException when there is none that can be read: no repeat will mend that
   */
  Cargo now(Delivery delivery) {
    Documents documents =
        database.read(
            "read cargo", connection -> documents(connection, List.of(delivery), Long.MAX_VALUE));
    Cargo cargo = cargo(delivery, documents);
    if (cargo == null) {
      throw new WaybillException(
          "WB-DISPATCH-05 The stored document of CDR "
              + delivery.origin().cdrId()
              + " or of its task is missing, so nothing can be sent");
    }
    return cargo;
  }

  private record Documents(Map<Long, String> cdrs, Map<Long, TaskDocument> tasks) {}

  private static Documents documents(Connection connection, Collection<Delivery> deliveries)
      throws SQLException {
    return documents(connection, deliveries, READ_AHEAD_BYTES);
  }

  private static Documents documents(
      Connection connection, Collection<Delivery> deliveries, long maxBytes) throws SQLException {
    Set<Long> cdrs = new TreeSet<>();
    Set<Long> tasks = new TreeSet<>();
    for (Delivery delivery : deliveries) {
      cdrs.add(delivery.origin().cdrId());
      tasks.add(delivery.taskId());
    }
    Days days = Days.of(deliveries.stream().map(Delivery::day).toList());
    return new Documents(
        CdrDocuments.read(connection, cdrs, days, maxBytes),
        new HashMap<>(TaskDocuments.read(connection, tasks, days)));
  }

  // What cannot be read is found out again, and said, when its turn comes.
  private static @Nullable Cargo readable(Delivery delivery, Documents documents) {
    try {
      return cargo(delivery, documents);
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static @Nullable Cargo cargo(Delivery delivery, Documents documents) {
    String xml = documents.cdrs().get(delivery.origin().cdrId());
    TaskDocument task = documents.tasks().get(delivery.taskId());
    if (xml == null || task == null) {
      return null;
    }
    var cdr = StoredXml.cdr(xml);
    return new Cargo(
        cdr, TaskXml.read(task.type(), task.priority(), task.fragment(), cdr), xml.length());
  }
}
