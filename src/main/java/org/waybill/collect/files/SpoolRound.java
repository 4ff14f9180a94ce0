package org.waybill.collect.files;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.collect.Answer;
import org.waybill.collect.Arrived;
import org.waybill.collect.Conveyor;
import org.waybill.collect.GroupCommit;
import org.waybill.collect.Intake;
import org.waybill.collect.Keeping;
import org.waybill.platform.ParkedFiles;

/**
 * Looks into the spool directory and takes what is complete. A file leaves only when its document
 * is stored or kept, durably; whatever happens before, the next round finds it again, and what was
 * stored already is then a duplicate.
 */
final class SpoolRound {
  private static final Logger LOG = System.getLogger(SpoolRound.class.getName());
  private static final String FORMAT = "freeswitch";
  private static final String SENDER = "spool";
  private static final int MOST = 10_000;
  private static final int CROWD = 5_000;

  /** So few that the documents of live calls, which share their commits, hardly notice. */
  private static final Conveyor.Limits LIMITS = new Conveyor.Limits(64, 4L << 20);

  /** So many from the doors that wait for a commit, and files are left for a moment. */
  private static final int BUSY = 32;

  private static final long YIELD_MILLIS = 20;

  /** Under a load that never ends files go on slowly. */
  private static final int MOST_YIELDS = 25;

  private static final Caller ANYBODY = new Caller(SENDER, Set.of(Role.SWITCH), Set.of());

  private final SpoolDirectory directory;
  private final Way way;
  private final Terms terms;
  private final SpoolMetrics metrics;
  private final Caller owner;

  /** Settled, but it could not be moved; or, without a place, it could not be read. */
  private final Map<ParkedFile, Trouble> troubles = new HashMap<>();

  SpoolRound(SpoolDirectory directory, Way way, Terms terms, SpoolMetrics metrics) {
    this.directory = directory;
    this.way = way;
    this.terms = terms;
    this.metrics = metrics;
    Integer org = terms.rmOrgId();
    this.owner = org == null ? ANYBODY : new Caller(SENDER, ANYBODY.roles(), Set.of(org));
  }

  /** Where documents go. */
  record Way(Intake intake, Keeping keeping, GroupCommit commits) {}

  /**
   * How they are taken.
   *
   * @param rmOrgId of those that name none
   */
  record Terms(Clock clock, int maxBytes, @Nullable Integer rmOrgId, BooleanSupplier stopped) {}

  private record Trouble(@Nullable String place) {}

  /** How it went. */
  enum Result {
    /** As many as are taken at once: there may be more. */
    MORE,
    /** All that were complete. */
    ALL,
    /**
     * The same, but so many others are there that looking for more should not be done too often.
     */
    CROWDED,
    /** The database takes nothing now. */
    AWAY
  }

  Result run() throws IOException {
    Look look = directory.look(MOST);
    metrics.looked(look);
    troubles.keySet().retainAll(Set.copyOf(look.ready()));
    Conveyor<ParkedFile> conveyor =
        new Conveyor<>(way.intake(), way.keeping(), LIMITS, this::settled);
    for (ParkedFile file : look.ready()) {
      if (terms.stopped().getAsBoolean()) {
        break;
      }
      if (!take(file, conveyor)) {
        return Result.AWAY;
      }
    }
    if (!conveyor.settleAll()) {
      return Result.AWAY;
    }
    if (look.ready().size() == MOST && troubles.isEmpty()) {
      return Result.MORE;
    }
    return look.waiting() - look.ready().size() + troubles.size() > CROWD
        ? Result.CROWDED
        : Result.ALL;
  }

  private boolean take(ParkedFile file, Conveyor<ParkedFile> conveyor) {
    Trouble trouble = troubles.get(file);
    if (trouble != null && trouble.place() != null) {
      move(file, trouble.place());
      return true;
    }
    if (file.size() > terms.maxBytes()) {
      tooLarge(file);
      return true;
    }
    byte[] body = read(file);
    if (body == null) {
      return true;
    }
    yieldToDoors(conveyor);
    Arrived anybodys = arrived(file, body, ANYBODY);
    return terms.rmOrgId() == null
        ? conveyor.send(file, anybodys)
        : conveyor.send(file, anybodys, arrived(file, body, owner));
  }

  /** Null when another node was quicker, it is being written after all, or it cannot be read. */
  private byte @Nullable [] read(ParkedFile file) {
    try {
      byte[] body = Files.readAllBytes(file.path());
      return SpoolDirectory.isUnchanged(file) && body.length == file.size() ? body : null;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      if (troubles.put(file, new Trouble(null)) == null) {
        LOG.log(
            Level.ERROR,
            "WB-SPOOL-02 {0} cannot be read ({1}), so its CDR is not collected. Let the user that"
                + " Waybill runs as read it; it is tried again.",
            file.path(),
            e);
      }
      return null;
    }
  }

  private Arrived arrived(ParkedFile file, byte[] body, Caller caller) {
    String urlUuid = ParkedFiles.urlUuid(file.path().toString());
    return new Arrived(body, null, null, FORMAT, caller, terms.clock().instant(), urlUuid);
  }

  private void settled(ParkedFile file, Answer answer) {
    if (answer instanceof Answer.Accepted accepted) {
      boolean duplicate = accepted.verdict().duplicate();
      metrics.settled(duplicate ? SpoolMetrics.Outcome.DUPLICATE : SpoolMetrics.Outcome.STORED);
      move(file, ParkedFiles.DONE);
    } else {
      metrics.settled(SpoolMetrics.Outcome.REJECTED);
      move(file, ParkedFiles.REJECTED);
    }
  }

  private void tooLarge(ParkedFile file) {
    metrics.settled(SpoolMetrics.Outcome.TOO_LARGE);
    LOG.log(
        Level.ERROR,
        "WB-SPOOL-03 {0} has more than {1} bytes, so it is not collected but moved to rejected."
            + " Look at it; raise WAYBILL_MAX_DOCUMENT_BYTES and move it back if it is a CDR.",
        file.path(),
        String.valueOf(terms.maxBytes()));
    move(file, ParkedFiles.REJECTED);
  }

  /** What cannot be moved is not collected again and again. */
  private void move(ParkedFile file, String place) {
    try {
      SpoolDirectory.move(file, place);
      troubles.remove(file);
    } catch (IOException e) {
      if (troubles.put(file, new Trouble(place)) == null) {
        LOG.log(
            Level.ERROR,
            "WB-SPOOL-04 {0} is collected but cannot be moved ({1}). Let the user that Waybill runs"
                + " as write in its directory; it is tried again.",
            file.path(),
            e);
      }
    }
  }

  private void yieldToDoors(Conveyor<ParkedFile> conveyor) {
    for (int i = 0; i < MOST_YIELDS; i++) {
      if (way.commits().waiting() <= conveyor.underway() + BUSY) {
        return;
      }
      try {
        Thread.sleep(YIELD_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
