package org.waybill.collect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.NewRaw;
import org.waybill.cdr.PackedBytes;
import org.waybill.document.Violation;
import org.waybill.normalize.Dialect;
import org.waybill.normalize.Dialects;
import org.waybill.normalize.Normalization;
import org.waybill.normalize.Normalized;
import org.waybill.normalize.RawDocument;
import org.waybill.normalize.Switch;
import org.waybill.platform.DatabaseException;

/** Lets the dialect of a raw document read it, and holds the dialect to its word: no exceptions. */
@ApplicationScoped
public class RawReading {
  private static final Logger LOG = System.getLogger(RawReading.class.getName());

  private final Dialects dialects;

  @Inject
  public RawReading(Dialects dialects) {
    this.dialects = dialects;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected RawReading() {
    this(null);
  }

  /** What became of it. */
  sealed interface Result {
    /**
     * A CDR with the document that it was made of, and the switch where that names one.
     *
     * @param repairs how many it took
     */
    record Made(Normalized cdr, NewRaw raw, @Nullable Switch sender, int repairs)
        implements Result {}

    /** No CDR, or not now. */
    record Judged(Verdict verdict) implements Result {}
  }

  boolean knows(String format) {
    return dialects.find(format).isPresent();
  }

  Result read(Arrived arrived) {
    Optional<Dialect> dialect = dialects.find(arrived.source());
    if (dialect.isEmpty()) {
      return unreadable(
          RejectionReason.INVALID,
          "Nothing here reads documents of the source " + arrived.source() + " any more.");
    }
    try {
      return result(arrived, dialect.get());
    } catch (DatabaseException | PersistenceException e) {
      LOG.log(
          Level.ERROR,
          "WB-INGEST-12 A raw document could not be mapped, so its sender is told to repeat it. See"
              + " that the database is up.",
          e);
      return new Result.Judged(new Verdict.Later(false));
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(
          Level.ERROR,
          "WB-INGEST-13 Reading a raw document failed, which is kept as a rejected document. Report"
              + " this as a bug; resubmit it when the cause is gone.",
          e);
      return unreadable(RejectionReason.UNSTORABLE, "Waybill failed to read the document: " + e);
    }
  }

  private static Result result(Arrived arrived, Dialect dialect) {
    RawDocument document =
        new RawDocument(
            arrived.body(), arrived.charset(), arrived.urlUuid(), arrived.contentType());
    Normalization normalization = dialect.normalize(document, arrived.caller());
    if (normalization instanceof Normalization.Made made) {
      return new Result.Made(
          made.cdr(), raw(arrived, dialect, made), made.sender(), made.repairs().size());
    }
    Normalization.Unusable unusable = (Normalization.Unusable) normalization;
    return new Result.Judged(
        new Verdict.Unacceptable(
            new Rejection(
                reason(unusable.fault()),
                unusable.violations(),
                unusable.uuid(),
                Optional.ofNullable(unusable.rmOrgId())
                    .filter(arrived.caller()::maySendFor)
                    .orElse(null))));
  }

  private static NewRaw raw(Arrived arrived, Dialect dialect, Normalization.Made made) {
    return new NewRaw(
        PackedBytes.of(arrived.body()),
        arrived.contentType(),
        arrived.urlUuid(),
        dialect.mapping(),
        Repairs.json(made.repairs()),
        arrived.caller().name());
  }

  private static RejectionReason reason(Normalization.Fault fault) {
    return switch (fault) {
      case NOT_WELL_FORMED -> RejectionReason.NOT_WELL_FORMED;
      case INVALID -> RejectionReason.INVALID;
      case UNKNOWN_ORGANIZATION -> RejectionReason.UNKNOWN_ORGANIZATION;
    };
  }

  private static Result unreadable(RejectionReason reason, String sentence) {
    return new Result.Judged(
        new Verdict.Unacceptable(
            new Rejection(reason, List.of(new Violation(0, 0, sentence)), null, null)));
  }
}
