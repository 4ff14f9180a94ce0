package org.waybill.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation does. Beans of this type are found by their {@link #name}; other rooms bring
 * them.
 *
 * <p>An item is a short text that names it to people and is the cursor over the selected ones at
 * once: the id of a row, the name of a file.
 */
public interface OperationKind {
  /** Stands in {@code operations.kind}, in the audit log and in the API; never to be changed. */
  String name();

  /**
   * What matches now. It may stop counting where that takes longer than a person waits.
   *
   * @param filter JSON, as it was given to {@link Operations#start}
   */
  Selection select(String filter);

  /**
   * The next items in their order, fewer than asked for if need be; none at the end only. Those
   * that do not match any more are left out.
   *
   * @param after the last item of the page before; null at the beginning
   */
  List<String> page(Order order, @Nullable String after, int limit);

  /**
   * Does what must be done outside the database, or in other transactions of it. This may be done
   * again, whole or in part, when it is not known whether {@link Work#finish} was committed: it
   * must be idempotent.
   *
   * @throws NotNow when all of it should be tried again later
   */
  Work begin(Order order, List<String> items);

  /** The greatest page that is of use: what takes well under half a second. */
  default int pageSize() {
    return 500;
  }

  /** The rest of the work on some items. */
  @FunctionalInterface
  interface Work {
    /**
     * Runs in the transaction that also records the progress, so that it is done once. When it
     * throws for several items, each is tried alone, and the one at fault is told as failed.
     *
     * @return an outcome for each item, in their order
     */
    List<ItemOutcome> finish(Connection connection) throws SQLException;

    /** After the commit; not after a crash. */
    default void committed() {}
  }
}
