package org.waybill.collect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Organization;
import org.waybill.access.Organizations;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.ContentHash;
import org.waybill.cdr.KeptXml;
import org.waybill.cdr.NewCdr;
import org.waybill.cdr.NewRaw;
import org.waybill.collect.switches.Sightings;
import org.waybill.document.CdrReader;
import org.waybill.document.Reading;
import org.waybill.document.Violation;
import org.waybill.normalize.NativeDialect;
import org.waybill.normalize.Normalized;
import org.waybill.normalize.RuledTasks;
import org.waybill.normalize.Switch;
import org.waybill.task.NewTask;
import org.waybill.task.TaskRules;

/**
 * The path of a document, in our own schema or in another dialect, from its bytes to its answer.
 */
@ApplicationScoped
public class Intake {
  /** What {@code normalized_cdrs.source} says of documents in our own schema. */
  static final String SOURCE = "cdr-normalized";

  private final CdrReader reader;
  private final RawReading raws;
  private final Organizations organizations;
  private final GroupCommit commits;
  private final Keeping keeping;
  private final TaskRules rules;
  private final Sightings sightings;

  @Inject
  public Intake(
      CdrReader reader,
      RawReading raws,
      Organizations organizations,
      GroupCommit commits,
      Keeping keeping,
      TaskRules rules,
      Sightings sightings) {
    this.reader = reader;
    this.raws = raws;
    this.organizations = organizations;
    this.commits = commits;
    this.keeping = keeping;
    this.rules = rules;
    this.sightings = sightings;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Intake() {
    this(null, null, null, null, null, null, null);
  }

  /** Read, check, store, or else keep: nothing is answered before it is durable. */
  public Answer accept(Arrived arrived, Deadline deadline) {
    Underway underway = begin(arrived);
    Verdict verdict = settle(underway, deadline);
    if (underway instanceof Underway.Committing sent) {
      sightings.live(sent.sender(), arrived.caller().name(), sent.cdr(), arrived.at());
    }
    return answer(arrived, verdict, deadline);
  }

  /** Ends what {@link #begin} and {@link #settle} did: keeps what cannot be a CDR. */
  public Answer answer(Arrived arrived, Verdict verdict, Deadline deadline) {
    if (verdict instanceof Verdict.Accepted accepted) {
      keeping.accepted(arrived, accepted.uuid());
      return new Answer.Accepted(accepted);
    }
    if (verdict instanceof Verdict.Unacceptable unacceptable) {
      return keeping.keep(arrived, unacceptable.rejection(), deadline);
    }
    if (verdict instanceof Verdict.Forbidden forbidden) {
      return arrived.isNative()
          ? new Answer.Forbidden(forbidden.rmOrgId())
          : keeping.keep(arrived, forbidden.rejection(), deadline);
    }
    return new Answer.Later();
  }

  /** Reads and checks a document and, when it is good, queues it for the next commit. */
  public Underway begin(Arrived arrived) {
    if (arrived.isNative()) {
      return begin(arrived, reader.read(arrived.body(), arrived.charset()));
    }
    RawReading.Result result = raws.read(arrived);
    return result instanceof RawReading.Result.Made made
        ? store(arrived, made.cdr(), made.raw(), made.sender(), made.repairs())
        : new Underway.Judged(((RawReading.Result.Judged) result).verdict());
  }

  /** The same for a native one that is read already, as the members of a batch are. */
  public Underway begin(Arrived arrived, Reading reading) {
    if (reading instanceof Reading.Valid valid) {
      return store(arrived, NativeDialect.normalize(valid.content()), null, null, 0);
    }
    return new Underway.Judged(
        reading instanceof Reading.Invalid invalid
            ? invalid(arrived, invalid)
            : notWellFormed((Reading.NotWellFormed) reading));
  }

  /** Waits for what {@link #begin} began. */
  public Verdict settle(Underway underway, Deadline deadline) {
    if (underway instanceof Underway.Judged judged) {
      return judged.verdict();
    }
    Underway.Committing committing = (Underway.Committing) underway;
    Outcome outcome = GroupCommit.await(committing.answer(), deadline);
    return verdict(committing, outcome);
  }

  /** To be called of one that came in bulk or out of a file: its switch lived, if not just now. */
  void cameLate(Underway underway) {
    if (underway instanceof Underway.Committing sent && sent.sender() != null) {
      sightings.late(sent.sender(), sent.cdr(), sent.arrived().at());
    }
  }

  private Underway store(
      Arrived arrived,
      Normalized normalized,
      @Nullable NewRaw raw,
      @Nullable Switch sender,
      int repairs) {
    Cdr cdr = normalized.cdr();
    if (!arrived.caller().maySendFor(cdr.rmOrgId())) {
      return new Underway.Judged(new Verdict.Forbidden(cdr.rmOrgId(), notTheSenders(arrived, cdr)));
    }
    if (organizations.find(cdr.rmOrgId()).filter(Organization::active).isEmpty()) {
      return new Underway.Judged(new Verdict.Unacceptable(unknownOrganization(arrived, cdr)));
    }
    NewCdr fresh =
        new NewCdr(
            cdr,
            KeptXml.of(normalized.xml()),
            new ContentHash(normalized.contentHash()),
            arrived.source(),
            arrived.at(),
            raw);
    List<NewTask> tasks = RuledTasks.all(normalized, rules.of(cdr, arrived.source()));
    return new Underway.Committing(arrived, cdr, sender, repairs, commits.submit(fresh, tasks));
  }

  private Verdict verdict(Underway.Committing committing, Outcome outcome) {
    Arrived arrived = committing.arrived();
    Cdr cdr = committing.cdr();
    if (outcome instanceof Outcome.Kept kept) {
      return new Verdict.Accepted(
          kept.id(),
          cdr.uuid(),
          kept.tableSuffix(),
          cdr.rmOrgId(),
          kept.tasks(),
          kept instanceof Outcome.Duplicate,
          committing.repairs());
    }
    if (outcome instanceof Outcome.Conflict) {
      return new Verdict.Unacceptable(
          rejection(
              RejectionReason.CONFLICT,
              "A CDR with uuid " + cdr.uuid() + " is stored already and says something else.",
              arrived,
              cdr));
    }
    if (outcome instanceof Outcome.Unstorable unstorable) {
      return new Verdict.Unacceptable(
          rejection(RejectionReason.UNSTORABLE, unstorable.why(), arrived, cdr));
    }
    return new Verdict.Later(outcome instanceof Outcome.Busy);
  }

  /** An invalid document of somebody else's organization is not kept among that one's. */
  private static Verdict invalid(Arrived arrived, Reading.Invalid invalid) {
    Reading.Hints hints = invalid.hints();
    return new Verdict.Unacceptable(
        new Rejection(
            RejectionReason.INVALID,
            invalid.violations(),
            hints.uuid(),
            Optional.ofNullable(hints.rmOrgId())
                .filter(arrived.caller()::maySendFor)
                .orElse(null)));
  }

  private static Verdict notWellFormed(Reading.NotWellFormed reading) {
    return new Verdict.Unacceptable(
        new Rejection(RejectionReason.NOT_WELL_FORMED, List.of(reading.violation()), null, null));
  }

  private Rejection unknownOrganization(Arrived arrived, Cdr cdr) {
    return rejection(
        RejectionReason.UNKNOWN_ORGANIZATION,
        "rmOrgID " + cdr.rmOrgId() + " is not a known, active organization.",
        arrived,
        cdr);
  }

  private Rejection notTheSenders(Arrived arrived, Cdr cdr) {
    return rejection(
        RejectionReason.FORBIDDEN_ORGANIZATION,
        arrived.caller().name() + " may not send documents of organization " + cdr.rmOrgId() + ".",
        arrived,
        cdr);
  }

  /**
   * Of a document that is good in itself, so that the place of its fault is only now looked for: in
   * our own schema, since a dialect tells no places of what it has read.
   */
  private Rejection rejection(RejectionReason reason, String sentence, Arrived arrived, Cdr cdr) {
    Violation violation =
        arrived.isNative()
            ? reader.violation(arrived.body(), arrived.charset(), blamed(reason), sentence)
            : new Violation(0, 0, sentence);
    return new Rejection(reason, List.of(violation), cdr.uuid(), cdr.rmOrgId());
  }

  private static String blamed(RejectionReason reason) {
    return switch (reason) {
      case UNKNOWN_ORGANIZATION, FORBIDDEN_ORGANIZATION -> "rmOrgID";
      case CONFLICT -> "uuid";
      case NOT_WELL_FORMED, INVALID, UNSTORABLE -> "cdr";
    };
  }
}
