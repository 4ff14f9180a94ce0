package org.waybill.collect;

import java.util.List;
import java.util.UUID;
import org.waybill.cdr.TableSuffix;
import org.waybill.task.StoredTask;

/** What came of a document, before an unacceptable one is kept. */
public sealed interface Verdict {

  /**
   * It is stored, just now or before.
   *
   * @param duplicate whether it was before
   * @param repairs how much had to be mended in a raw document to read it
   */
  record Accepted(
      long id,
      UUID uuid,
      TableSuffix tableSuffix,
      int rmOrgId,
      List<StoredTask> tasks,
      boolean duplicate,
      int repairs)
      implements Verdict {}

  /** It cannot become a CDR. */
  record Unacceptable(Rejection rejection) implements Verdict {}

  /**
   * Its sender may not send for its organization.
   *
   * @param rejection as which it is kept where that must be
   */
  record Forbidden(int rmOrgId, Rejection rejection) implements Verdict {}

  /**
   * Not now.
   *
   * @param busy whether too many wait already, so that it was not even tried
   */
  record Later(boolean busy) implements Verdict {}
}
