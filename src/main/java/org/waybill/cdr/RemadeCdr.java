package org.waybill.cdr;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A CDR made anew; uuid, day and organization are as before.
 *
 * @param mapping version of the mapping that made it
 * @param repairs what was mended in the raw document, a JSON array
 * @param document the raw document that it was made of; null when that is the stored one
 */
public record RemadeCdr(
    Cdr cdr, KeptXml xml, int mapping, String repairs, @Nullable Document document) {

  /**
   * A raw document that takes the place of the stored one.
   *
   * @param contentHash of its values: from now on it is the one that a repeat is compared with
   */
  public record Document(PackedBytes packed, ContentHash contentHash, Instant receivedAt) {}
}
