package org.waybill.normalize;

import java.util.List;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.TableSuffix;
import org.waybill.task.NewTask;

/**
 * What is stored of a document, from whatever dialect it came.
 *
 * @param xml the normalized document
 * @param contentHash SHA-256 of the values: the same for the same content however it is written
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record Normalized(Cdr cdr, List<NewTask> tasks, String xml, byte[] contentHash) {
  public Normalized {
    tasks = List.copyOf(tasks);
  }

  /** The same kept under another day. Of raw documents only, whose xml is written here. */
  public Normalized on(TableSuffix day) {
    if (cdr.tableSuffix().equals(day)) {
      return this;
    }
    Cdr moved =
        new Cdr(
            cdr.uuid(),
            cdr.timeZoneOffset(),
            cdr.startEpoch(),
            day,
            cdr.legUuid(),
            cdr.rmOrgId(),
            cdr.rmUserId(),
            cdr.variables());
    return new Normalized(moved, tasks, NormalizedXml.of(moved, tasks), contentHash);
  }
}
