package org.waybill.collect;

import java.util.List;
import org.waybill.cdr.TableSuffix;
import org.waybill.task.StoredTask;

/** What became of a CDR that was given to {@link GroupCommit}. */
sealed interface Outcome {

  /** It is in the database, durably. */
  sealed interface Kept extends Outcome {
    long id();

    TableSuffix tableSuffix();

    List<StoredTask> tasks();
  }

  /** Committed just now, with its tasks and deliveries. */
  record Stored(long id, TableSuffix tableSuffix, List<StoredTask> tasks) implements Kept {}

  /** The same CDR was stored before; nothing was added. */
  record Duplicate(long id, TableSuffix tableSuffix, List<StoredTask> tasks) implements Kept {}

  /** Another CDR of this uuid is stored, as {@code id}. */
  record Conflict(long id) implements Outcome {}

  /** The database will never take it, because of what it says. */
  record Unstorable(String why) implements Outcome {}

  /** Too many wait already; it was not queued. */
  record Busy() implements Outcome {}

  /** No durable commit in time. It may be stored all the same. */
  record Unavailable() implements Outcome {}
}
