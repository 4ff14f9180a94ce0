package org.waybill.collect;

import java.io.IOException;
import java.time.Clock;
import org.waybill.access.Caller;
import org.waybill.collect.archive.PackedDocument;
import org.waybill.collect.archive.PackedDocuments;
import org.waybill.platform.ParkedFiles;

/** Takes raw documents of one format, many in one upload. */
final class RawBatch {
  private final Conveyor<BatchPlace> conveyor;
  private final Clock clock;
  private final String format;
  private final Caller caller;
  private final BatchResults results;
  private BatchCounts counts = BatchCounts.NONE;

  RawBatch(Intake intake, Keeping keeping, Clock clock, Origin origin, BatchResults results) {
    this.conveyor = new Conveyor<>(intake, keeping, Conveyor.Limits.BATCH, this::settled);
    this.clock = clock;
    this.format = origin.format();
    this.caller = origin.caller();
    this.results = results;
  }

  /** Whose documents they are, and in which dialect. */
  record Origin(String format, Caller caller) {}

  BatchCounts counts() {
    return counts;
  }

  /**
   * Takes all of them, or as many as the database takes.
   *
   * @param maxBytes of a document, for those that have more
   * @return whether it was all
   */
  boolean takeAll(PackedDocuments documents, int maxBytes) throws IOException {
    for (PackedDocument next = documents.next(); next != null; next = documents.next()) {
      BatchPlace place = new BatchPlace(next.number(), next.line(), next.name());
      byte[] body = next.body();
      if (body == null) {
        results.tooLarge(place, maxBytes);
        counts = counts.plusRejected();
      } else if (!conveyor.send(place, arrived(body, place))) {
        return false;
      }
    }
    return settleAll();
  }

  /**
   * Waits for those on their way.
   *
   * @return whether the database took all
   */
  boolean settleAll() {
    return conveyor.settleAll();
  }

  private Arrived arrived(byte[] body, BatchPlace place) {
    String name = place.name();
    String urlUuid = name == null ? null : ParkedFiles.urlUuid(name);
    return new Arrived(body, null, null, format, caller, clock.instant(), urlUuid);
  }

  private void settled(BatchPlace place, Answer answer) {
    results.add(place, answer);
    counts = counts.plus(answer);
  }
}
