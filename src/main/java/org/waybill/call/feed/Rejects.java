package org.waybill.call.feed;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.collect.Answer;
import org.waybill.collect.Arrived;
import org.waybill.collect.Deadline;
import org.waybill.collect.Keeping;
import org.waybill.collect.Rejection;
import org.waybill.collect.RejectionReason;
import org.waybill.document.Violation;
import org.waybill.normalize.ValueDigest;
import org.waybill.normalize.callflow.CallflowDialect;

/** Keeps items that are not what was promised as rejected documents. */
final class Rejects {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Items that were kept lately: they come again with every look back, and count once. */
  private static final int REMEMBERED = 1_000;

  private final Keeping keeping;
  private final int rmOrgId;
  private final Clock clock;
  private final Caller caller;
  private final Map<String, Boolean> kept =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  Rejects(Keeping keeping, Feed feed, int rmOrgId, Clock clock) {
    this.keeping = keeping;
    this.rmOrgId = rmOrgId;
    this.clock = clock;
    this.caller = new Caller("feed " + feed.word(), Set.of(Role.SWITCH), Set.of(rmOrgId));
  }

  /**
   * Returns when it is kept, durably.
   *
   * @return whether that is news
   * @throws FeedFailure when it cannot be kept now
   */
  boolean keep(String item, List<Violation> violations) {
    ValueDigest digest = new ValueDigest();
    digest.add(item);
    String remembered = HexFormat.of().formatHex(digest.bytes());
    if (kept.containsKey(remembered)) {
      return false;
    }
    Arrived arrived =
        new Arrived(
            item.getBytes(StandardCharsets.UTF_8),
            "application/json",
            null,
            CallflowDialect.FORMAT,
            caller,
            clock.instant());
    Rejection rejection = new Rejection(RejectionReason.INVALID, violations, null, rmOrgId);
    Answer answer = keeping.keep(arrived, rejection, Deadline.in(PATIENCE));
    if (!(answer instanceof Answer.Rejected)) {
      throw new FeedFailure("A broken item cannot be kept. See that the database is up.");
    }
    kept.put(remembered, true);
    return true;
  }
}
