package org.waybill.amend;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.waybill.cdr.CdrStore;
import org.waybill.cdr.StoredKey;
import org.waybill.cdr.TableSuffix;
import org.waybill.collect.Arrived;
import org.waybill.platform.Database;
import org.waybill.task.WorkBell;

/**
 * Makes a stored CDR anew from another document, which takes the place of the one that it was made
 * of: for calls of which more has become known. Only what that changes for gateways is sent again.
 */
@ApplicationScoped
public class Replacement {
  /** Another amendment may come between reading and writing. */
  private static final int TRIES = 10;

  private final Database database;
  private final CdrStore cdrs;
  private final Remaker remaker;
  private final Rewriting rewriting;
  private final WorkBell bell;

  @Inject
  public Replacement(
      Database database, CdrStore cdrs, Remaker remaker, Rewriting rewriting, WorkBell bell) {
    this.database = database;
    this.cdrs = cdrs;
    this.remaker = remaker;
    this.rewriting = rewriting;
    this.bell = bell;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Replacement() {
    this(null, null, null, null, null);
  }

  /** What came of it. */
  public sealed interface Result {
    /**
     * The CDR is of this document, durably.
     *
     * @param changed whether it was not before
     */
    record Done(TableSuffix day, boolean changed) implements Result {}

    /** There is no CDR of this uuid that was made of another document. */
    record Nothing() implements Result {}

    /** The fence did not hold; nothing was written. */
    record Superseded() implements Result {}

    /**
     * The document cannot take that place; nothing was written.
     *
     * @param why a sentence
     */
    record Impossible(String why) implements Result {}

    /** Its day is leaving, or many amend it at once: not now. */
    record Later() implements Result {}
  }

  /** Repeating it is harmless. */
  public Result replace(UUID uuid, Arrived document, Fence fence) {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      StoredKey key = find(uuid);
      Optional<Remaking> remaking =
          key == null ? Optional.empty() : remaker.replace(key.id(), document);
      if (key == null || remaking.isEmpty()) {
        return new Result.Nothing();
      }
      Result result = write(key, remaking.get(), fence);
      if (!(result instanceof Result.Later)) {
        return result;
      }
    }
    return new Result.Later();
  }

  private @Nullable StoredKey find(UUID uuid) {
    return database
        .read("find a CDR", connection -> cdrs.find(connection, List.of(uuid)))
        .get(uuid);
  }

  private Result write(StoredKey key, Remaking remaking, Fence fence) {
    if (remaking instanceof Remaking.Unchanged) {
      return new Result.Done(key.tableSuffix(), false);
    }
    if (remaking instanceof Remaking.Impossible impossible) {
      return new Result.Impossible(impossible.why());
    }
    List<Remaking.Changed> changed = List.of((Remaking.Changed) remaking);
    Result result =
        database.transact(
            "replace the document of a CDR", connection -> write(connection, changed, fence));
    bell.ring();
    return result;
  }

  private Result write(Connection connection, List<Remaking.Changed> changed, Fence fence)
      throws SQLException {
    if (!fence.holds(connection)) {
      return new Result.Superseded();
    }
    return rewriting.write(connection, changed).isEmpty()
        ? new Result.Later()
        : new Result.Done(changed.get(0).before().cdr().tableSuffix(), true);
  }
}
