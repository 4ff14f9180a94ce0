package org.waybill.collect;

import java.util.concurrent.CompletableFuture;
import org.waybill.cdr.Cdr;

/** A document between its door and its answer. */
sealed interface Underway {

  /** Nothing to wait for. */
  record Judged(Verdict verdict) implements Underway {}

  /** Waits for its commit. */
  record Committing(Arrived arrived, Cdr cdr, CompletableFuture<Outcome> answer)
      implements Underway {}
}
