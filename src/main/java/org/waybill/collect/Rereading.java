package org.waybill.collect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.cdr.RawCdr;
import org.waybill.normalize.Normalized;
import org.waybill.operation.NotNow;

/** Reads the raw documents of stored CDRs once more, as the mappings are now. */
@ApplicationScoped
public class Rereading {
  private final RawReading raws;

  @Inject
  public Rereading(RawReading raws) {
    this.raws = raws;
  }

  @SuppressWarnings("NullAway") // only for the proxy, which never calls it
  protected Rereading() {
    this(null);
  }

  /** What became of one. */
  public sealed interface Reread {
    /**
     * A CDR, perhaps another one than before.
     *
     * @param mapping version of the mapping that made it
     * @param repairs a JSON array
     */
    record Made(Normalized cdr, int mapping, String repairs) implements Reread {}

    /**
     * It would be rejected today.
     *
     * @param why a sentence
     */
    record Unusable(String why) implements Reread {}
  }

  /**
   * Whose it is was decided when it came, perhaps by its sender's key alone, and is not decided by
   * domains anew; only a document that names another organization now is told as that one's.
   *
   * @throws NotNow when organizations cannot be looked up
   */
  public Reread read(RawCdr stored) {
    RawReading.Result own = read(stored, Set.of(stored.cdr().rmOrgId()));
    Rejection rejection = rejection(own);
    if (rejection == null || rejection.reason() != RejectionReason.UNKNOWN_ORGANIZATION) {
      return reread(own);
    }
    RawReading.Result anybodys = read(stored, Set.of());
    Rejection another = rejection(anybodys);
    return reread(another != null && another.rmOrgId() == null ? own : anybodys);
  }

  private static Reread reread(RawReading.Result result) {
    if (result instanceof RawReading.Result.Made made) {
      return new Reread.Made(made.cdr(), made.raw().mapping(), made.raw().repairs());
    }
    Rejection rejection = rejection(result);
    if (rejection == null) {
      throw new NotNow("raw documents cannot be mapped; see that the database is up.");
    }
    return new Reread.Unusable(Violations.inShort(rejection.violations()));
  }

  private static @Nullable Rejection rejection(RawReading.Result result) {
    return result instanceof RawReading.Result.Judged judged
            && judged.verdict() instanceof Verdict.Unacceptable unacceptable
        ? unacceptable.rejection()
        : null;
  }

  private RawReading.Result read(RawCdr stored, Set<Integer> organizations) {
    String type = stored.raw().contentType();
    return raws.read(
        new Arrived(
            stored.body(),
            type,
            ContentType.parse(type).map(ContentType::charset).orElse(null),
            stored.raw().format(),
            new Caller(stored.raw().sender(), Set.of(Role.SWITCH), organizations),
            stored.raw().receivedAt(),
            stored.raw().urlUuid()));
  }
}
