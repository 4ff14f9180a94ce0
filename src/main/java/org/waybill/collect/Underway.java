package org.waybill.collect;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.Cdr;
import org.waybill.normalize.Switch;

/** A document between its door and its answer. */
public sealed interface Underway {

  /** Nothing to wait for. */
  record Judged(Verdict verdict) implements Underway {}

  /**
   * Waits for its commit.
   *
   * @param sender the switch, where the document names it
   * @param repairs how much had to be mended to read it
   */
  record Committing(
      Arrived arrived,
      Cdr cdr,
      @Nullable Switch sender,
      int repairs,
      CompletableFuture<Outcome> answer)
      implements Underway {}
}
