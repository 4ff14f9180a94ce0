package org.waybill.normalize;

import java.util.List;
import org.waybill.cdr.Cdr;
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
}
