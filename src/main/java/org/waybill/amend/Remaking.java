package org.waybill.amend;

import java.util.List;
import org.waybill.cdr.RawCdr;
import org.waybill.cdr.RemadeCdr;
import org.waybill.task.AmendedTask;
import org.waybill.task.NewTask;

/** What the mappings of today make of a stored CDR. */
sealed interface Remaking {
  /** The same as is stored. */
  record Unchanged() implements Remaking {}

  /**
   * Something else.
   *
   * @param tasks those of its stored tasks that say or send something else
   * @param added those that there were not before
   */
  record Changed(
      RawCdr before,
      RemadeCdr now,
      List<Difference> differences,
      List<AmendedTask> tasks,
      List<NewTask> added)
      implements Remaking {
    long resent() {
      return tasks.stream().filter(AmendedTask::resend).count() + added.size();
    }
  }

  /**
   * Nothing that could stand in its place.
   *
   * @param why a sentence
   */
  record Impossible(String why) implements Remaking {}
}
