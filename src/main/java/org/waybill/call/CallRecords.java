package org.waybill.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.amend.Replacement;
import org.waybill.cdr.CdrStore;
import org.waybill.collect.Answer;
import org.waybill.collect.Arrived;
import org.waybill.collect.Deadline;
import org.waybill.collect.Intake;
import org.waybill.collect.Keeping;
import org.waybill.collect.Rejection;
import org.waybill.collect.RejectionReason;
import org.waybill.collect.Underway;
import org.waybill.collect.Verdict;
import org.waybill.document.Violation;
import org.waybill.platform.Database;

/**
 * Lets the CDRs of calls say what the calls say: stores those that are new, and amends those that
 * are stored already, whether whoever calls this knows of them or died before it could. The same
 * call again changes nothing.
 */
@ApplicationScoped
public class CallRecords {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long BUSY_PAUSE_MILLIS = 10;

  private final Database database;
  private final CdrStore cdrs;
  private final Intake intake;
  private final Keeping keeping;
  private final Replacement replacement;

  @Inject
  public CallRecords(
      Database database, CdrStore cdrs, Intake intake, Keeping keeping, Replacement replacement) {
    this.database = database;
    this.cdrs = cdrs;
    this.intake = intake;
    this.keeping = keeping;
    this.replacement = replacement;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected CallRecords() {
    this(null, null, null, null, null);
  }

  /**
   * The new ones among them share commits.
   *
   * @return what became of each, in their order
   * @throws org.waybill.platform.DatabaseException when the database is away; some may be recorded
   */
  public List<Recorded> record(List<AssembledCall> calls) {
    Set<UUID> stored = stored(calls);
    List<@Nullable Underway> begun = new ArrayList<>();
    for (AssembledCall call : calls) {
      UUID uuid = call.uuid();
      begun.add(uuid != null && stored.contains(uuid) ? null : intake.begin(call.document()));
    }
    Deadline deadline = Deadline.in(PATIENCE);
    List<Recorded> recorded = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      AssembledCall call = calls.get(i);
      Underway underway = begun.get(i);
      recorded.add(underway == null ? amend(call, call.uuid()) : settle(call, underway, deadline));
    }
    return recorded;
  }

  private Set<UUID> stored(List<AssembledCall> calls) {
    List<UUID> uuids = calls.stream().map(AssembledCall::uuid).filter(Objects::nonNull).toList();
    return database.read("find CDRs of calls", connection -> cdrs.find(connection, uuids)).keySet();
  }

  private Recorded settle(AssembledCall call, Underway underway, Deadline deadline) {
    Arrived document = call.document();
    Verdict verdict = intake.settle(underway, deadline);
    while (verdict instanceof Verdict.Later later && later.busy() && !deadline.isOver()) {
      pause();
      verdict = intake.settle(intake.begin(document), deadline);
    }
    if (verdict instanceof Verdict.Unacceptable unacceptable
        && unacceptable.rejection().reason() == RejectionReason.CONFLICT) {
      return amend(call, unacceptable.rejection().uuid());
    }
    return recorded(intake.answer(document, verdict, Deadline.in(PATIENCE)));
  }

  private Recorded amend(AssembledCall call, @Nullable UUID uuid) {
    if (uuid == null) {
      throw new IllegalArgumentException("A stored call has a uuid.");
    }
    Replacement.Result result = replacement.replace(uuid, call.document(), call.fence());
    if (result instanceof Replacement.Result.Done done) {
      Recorded.How how = done.changed() ? Recorded.How.AMENDED : Recorded.How.SAME;
      return new Recorded.Kept(uuid, done.day(), how);
    }
    if (result instanceof Replacement.Result.Impossible impossible) {
      return recorded(
          keeping.keep(
              call.document(), conflict(call, uuid, impossible.why()), Deadline.in(PATIENCE)));
    }
    return result instanceof Replacement.Result.Superseded
        ? new Recorded.Superseded()
        : new Recorded.Later();
  }

  private static Rejection conflict(AssembledCall call, UUID uuid, String why) {
    Set<Integer> owner = call.caller().organizations();
    String sentence =
        "The stored CDR " + uuid + " cannot become what is known of its call now: " + why;
    return new Rejection(
        RejectionReason.CONFLICT,
        List.of(new Violation(0, 0, sentence)),
        uuid,
        owner.size() == 1 ? owner.iterator().next() : null);
  }

  private static Recorded recorded(Answer answer) {
    if (answer instanceof Answer.Accepted accepted) {
      Verdict.Accepted verdict = accepted.verdict();
      Recorded.How how = verdict.duplicate() ? Recorded.How.SAME : Recorded.How.NEW;
      return new Recorded.Kept(verdict.uuid(), verdict.tableSuffix(), how);
    }
    if (answer instanceof Answer.Rejected rejected) {
      Rejection rejection = rejected.rejection();
      String why = rejection.violations().get(0).message();
      return new Recorded.Rejected(rejected.rejectedId(), rejection.reason(), why);
    }
    return new Recorded.Later();
  }

  private static void pause() {
    try {
      Thread.sleep(BUSY_PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
