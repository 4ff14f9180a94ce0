package org.waybill.collect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Audit;
import org.waybill.access.Caller;

/**
 * What operators do about rejected documents. An open one becomes accepted or discarded, and that
 * is all that can become of it.
 */
@ApplicationScoped
public class RejectedDecisions {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final RejectedDocuments documents;
  private final Resubmission resubmission;

  @Inject
  public RejectedDecisions(RejectedDocuments documents, Resubmission resubmission) {
    this.documents = documents;
    this.resubmission = resubmission;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected RejectedDecisions() {
    this(null, null);
  }

  public Decision discard(long id, String reason, Caller who) {
    return ofOpen(
        id,
        document -> {
          documents.decide(id, RejectedState.DISCARDED, entry(id, "rejected.discard", reason, who));
          return new Decision.Discarded(again(id));
        });
  }

  /**
   * Sends a document through the intake again, on the operator's word for its organization.
   *
   * @param replacement the document to take in its place, or null for itself
   */
  public Decision resubmit(long id, @Nullable Replacement replacement, Caller who) {
    return ofOpen(
        id,
        document -> {
          if (replacement != null) {
            documents.replaceBody(id, replacement, entry(id, "rejected.replace", null, who));
          }
          return decide(id, who);
        });
  }

  @FunctionalInterface
  private interface Act {
    Decision on(RejectedDocument document);
  }

  private Decision ofOpen(long id, Act act) {
    Optional<RejectedDocument> found = documents.find(id);
    if (found.isEmpty()) {
      return new Decision.NotFound();
    }
    return found.get().state() == RejectedState.OPEN
        ? act.on(found.get())
        : new Decision.AlreadyDecided(found.get());
  }

  private Decision decide(long id, Caller who) {
    RejectedBody body = documents.body(id).orElseThrow();
    Verdict verdict = resubmission.settle(resubmission.begin(body), Deadline.in(PATIENCE));
    if (verdict instanceof Verdict.Accepted accepted) {
      documents.decide(id, RejectedState.ACCEPTED, entry(id, "rejected.accept", null, who));
      return new Decision.Accepted(again(id), accepted.uuid());
    }
    if (verdict instanceof Verdict.Unacceptable unacceptable) {
      documents.explain(id, unacceptable.rejection(), entry(id, "rejected.resubmit", null, who));
      return new Decision.StillRejected(again(id));
    }
    return new Decision.Later();
  }

  private static Audit.Entry entry(long id, String action, @Nullable String reason, Caller who) {
    return new Audit.Entry(who.name(), action, "rejected document " + id, reason, null);
  }

  private RejectedDocument again(long id) {
    return documents.find(id).orElseThrow();
  }
}
