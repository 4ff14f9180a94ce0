package org.waybill.dispatch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.waybill.task.Settlement;

/** What a send came to, as the recorder writes it down behind the fence of its queue. */
interface Recordable {
  /** How many deliveries it is about. */
  int size();

  /** What is to be recorded, in a transaction that may be run again. */
  List<Settlement> settle(Connection connection) throws SQLException;

  /**
   * It was recorded, or is not ours to record.
   *
   * @param lost whether the queue is another node's by now
   */
  void recorded(DispatchFigures figures, boolean lost);
}
