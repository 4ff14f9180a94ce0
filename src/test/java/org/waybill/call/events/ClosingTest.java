package org.waybill.call.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.call.events.SomeEvents.START;
import static org.waybill.call.events.SomeEvents.answered;
import static org.waybill.call.events.SomeEvents.call;
import static org.waybill.call.events.SomeEvents.ended;
import static org.waybill.call.events.SomeEvents.identified;
import static org.waybill.call.events.SomeEvents.json;
import static org.waybill.call.events.SomeEvents.recording;
import static org.waybill.call.events.SomeEvents.started;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.waybill.normalize.lifecycle.LifecycleDialect;

/** Events on their way to CDRs, in a real database. */
class ClosingTest {
  private static final Duration GRACE = Duration.ofSeconds(6);
  private static final String CDRS = "SELECT COUNT(*) FROM normalized_cdrs";

  private final SomeCalls some = new SomeCalls();

  @AfterEach
  void close() {
    some.close();
  }

  @Test
  void makesACdrOfACallThatHasEndedOnceTheGraceIsOver() {
    assertThat(some.store(call("c-1", "acme").toArray(Message[]::new))).isEqualTo(5);
    some.close(Duration.ofSeconds(4));
    assertThat(some.db.one(CDRS)).isEqualTo("0");
    assertThat(some.db.one("SELECT uuid FROM calls")).isEqualTo("null");
    some.close(Duration.ofSeconds(2));

    assertThat(some.db.one("SELECT xml FROM normalized_cdrs"))
        .contains("<uuid>" + LifecycleDialect.uuid(1002, "c-1") + "</uuid>")
        .contains("<rmOrgID>1002</rmOrgID>", "<StartEpoch>" + START.getEpochSecond())
        .contains("<call_id>c-1</call_id>", "<tenant_id>acme</tenant_id>", "<user_id>u-7</user_id>")
        .contains("<caller_id_number>+905321234567</caller_id_number>")
        .contains("<destination_number>4000</destination_number>")
        .contains("<call_direction>INBOUND</call_direction>", "<disposition>ANSWERED</disposition>")
        .contains("<hangup_cause>normal_clearing_by_user</hangup_cause>")
        .contains("<answer_epoch>" + (START.getEpochSecond() + 5))
        .contains("<end_epoch>" + (START.getEpochSecond() + 65))
        .contains("<billsec>60</billsec>", "<duration>65</duration>")
        .contains("<recording_uri>s3://recordings/c-1.wav</recording_uri>")
        .doesNotContain("call_state");
    assertThat(
            some.db.one(
                """
                SELECT CONCAT_WS(' ', tenant_id, rmOrgID, direction, caller_number, callee_number,
                  user_id, start_time, answer_time, end_time, duration_seconds, status, disposition,
                  hangup_cause, recording_uri, revision, recorded_revision, TableSuffix,
                  next_action IS NULL) FROM calls
                """))
        .isEqualTo(
            "acme 1002 INBOUND +905321234567 4000 u-7 2026-11-21 11:00:00.250"
                + " 2026-11-21 11:00:05.250 2026-11-21 11:01:05.900 65 COMPLETED ANSWERED"
                + " normal_clearing_by_user s3://recordings/c-1.wav 5 5 20261121 1");
    assertThat(some.db.one("SELECT source FROM normalized_cdrs")).isEqualTo("lifecycle");
  }

  @Test
  void keepsEachDifferentEventOnceAsItCame() {
    Message start = started("c-1", "acme");
    assertThat(some.store(start, answered("c-1"), start)).isEqualTo(2);
    assertThat(some.store(start)).isZero();
    assertThat(some.db.one("SELECT COUNT(*) FROM call_events")).isEqualTo("2");
    assertThat(some.db.one("SELECT CAST(payload AS CHAR) FROM call_events ORDER BY id"))
        .isEqualTo(new String(start.body(), UTF_8));
  }

  @Test
  void makesTheSameCdrInEveryOrderWithRepeats() {
    Random random = new Random(7);
    List<List<Message>> orders = new ArrayList<>();
    AssemblyTest.permute(call("c-1", "acme"), List.of(), orders);
    Collections.shuffle(orders, random);
    List<Message> all = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      for (int one = 0; one < 5; one++) {
        Message message = orders.get(i).get(one);
        all.add(ofCall(message, "c-" + i));
        all.add(ofCall(orders.get(i).get(random.nextInt(one + 1)), "c-" + i));
      }
    }
    for (int from = 0; from < all.size(); from += 7) {
      some.store(all.subList(from, Math.min(all.size(), from + 7)).toArray(Message[]::new));
    }
    some.close(GRACE);
    assertThat(some.db.one(CDRS)).isEqualTo("24");
    assertThat(some.db.one("SELECT COUNT(*) FROM call_events")).isEqualTo("120");
    assertThat(
            some.db.one(
                """
                SELECT COUNT(DISTINCT CONCAT_WS(' ', start_epoch, calling_number, called_number,
                  direction, hangup_cause, billsec, rmOrgID)) FROM normalized_cdrs
                """))
        .isEqualTo("1");
  }

  @Test
  void amendsTheCdrWhenAnEventComesAfterwardsAndSendsOnlyWhatChanged() {
    some.store(started("c-1", "acme"), ended("c-1", "busy"));
    some.store(started("c-2", "acme"), ended("c-2", "busy"));
    some.close(GRACE);
    some.store(recording("c-1"), json("call.held", "{\"callId\":\"c-2\"}"));
    some.close(Duration.ZERO);

    assertThat(
            some.db.one("SELECT GROUP_CONCAT(version ORDER BY id_normalized_cdrs) FROM raw_cdrs"))
        .isEqualTo("2,1");
    assertThat(some.db.one("SELECT GROUP_CONCAT(payload_version ORDER BY id) FROM tasks"))
        .isEqualTo("2,1");
    assertThat(some.db.one("SELECT xml FROM normalized_cdrs ORDER BY id"))
        .contains("<recording_uri>s3://recordings/c-1.wav</recording_uri>");
    assertThat(some.db.one("SELECT GROUP_CONCAT(recorded_revision ORDER BY call_id) FROM calls"))
        .isEqualTo("3,3");
    assertThat(some.db.one("SELECT COUNT(*) FROM calls WHERE next_action IS NOT NULL"))
        .isEqualTo("0");
  }

  @Test
  void closesACallThatNeverEndsAndAmendsItWhenTheEndComesAfterAll() {
    some.store(started("c-1", "acme"), answered("c-1"));
    some.close(Duration.ofHours(3));
    assertThat(some.db.one(CDRS)).isEqualTo("0");
    some.close(Duration.ofHours(1));
    assertThat(some.db.one("SELECT xml FROM normalized_cdrs"))
        .contains("<call_state>timed_out</call_state>", "<disposition>ANSWERED</disposition>")
        .doesNotContain("billsec", "end_epoch");
    assertThat(some.db.one("SELECT status FROM calls")).isEqualTo("TIMED_OUT");

    some.store(identified("c-1", "acme"));
    some.close(Duration.ZERO);
    assertThat(some.db.one("SELECT status FROM calls")).isEqualTo("TIMED_OUT");
    assertThat(some.db.one("SELECT version FROM raw_cdrs")).isEqualTo("2");
    some.store(ended("c-1", "busy"));
    some.close(GRACE);
    assertThat(some.db.one("SELECT xml FROM normalized_cdrs"))
        .contains("<billsec>60</billsec>")
        .doesNotContain("call_state");
    assertThat(some.db.one("SELECT CONCAT(status, timed_out_at IS NULL) FROM calls"))
        .isEqualTo("COMPLETED0");
  }

  @Test
  void keepsTheOrganizationThatTheCallBeganWith() {
    some.add(1003, "globex");
    some.store(identified("c-1", "globex"), started("c-1", "acme"), ended("c-1", "busy"));
    some.store(started("c-2", "nobody"), ended("c-2", "busy"));
    some.store(started("c-3", "acme"), ended("c-3", "busy"));
    some.db.execute("UPDATE organizations SET tenant = NULL WHERE id = 1002");
    some.db.execute("UPDATE organizations SET tenant = 'acme' WHERE id = 1003");
    some.store(answered("c-3"));
    some.close(GRACE);
    String earlier =
        "{\"callId\":\"c-1\",\"timestamp\":\"2026-11-21T10:00:00Z\",\"tenantId\":\"globex\"}";
    some.store(json("call.started", earlier));
    some.close(GRACE);

    assertThat(some.db.one("SELECT GROUP_CONCAT(rmOrgID ORDER BY call_id) FROM calls"))
        .isEqualTo("1002,1001,1002");
    assertThat(some.db.one("SELECT GROUP_CONCAT(rmOrgID ORDER BY rmOrgID) FROM normalized_cdrs"))
        .isEqualTo("1001,1002,1002");
    assertThat(some.db.one("SELECT COUNT(*) FROM rejected_cdrs")).isEqualTo("0");
  }

  @Test
  void storesACallOfAnUnknownTenantOnceItsOrganizationIsThere() {
    EventStore store = some.store(Optional.empty());
    Closing closing = some.closing(Optional.empty());
    store.store(SomeCalls.read(call("c-1", "initech")));
    some.clock.leap(GRACE);
    closing.round();
    assertThat(some.db.one("SELECT reason FROM rejected_cdrs")).isEqualTo("UNKNOWN_ORGANIZATION");
    assertThat(some.db.one("SELECT violations FROM rejected_cdrs")).contains("initech");
    assertThat(some.db.one("SELECT rejected_id = (SELECT id FROM rejected_cdrs) FROM calls"))
        .isEqualTo("1");
    some.clock.leap(Duration.ofMinutes(1));
    closing.round();
    assertThat(some.db.one("SELECT times FROM rejected_cdrs")).isEqualTo("1");

    some.add(1003, "initech");
    some.clock.leap(Duration.ofHours(2));
    closing.round();
    assertThat(some.db.one("SELECT rmOrgID FROM normalized_cdrs")).isEqualTo("1003");
    assertThat(some.db.one("SELECT rejected_id FROM calls")).isEqualTo("null");
  }

  @Test
  void makesNoCdrOfEventsThatSayNothingOfACall() {
    some.store(json("call.held", "{\"callId\":\"c-1\"}"));
    some.close(Duration.ofHours(5));
    assertThat(some.db.one(CDRS)).isEqualTo("0");
    assertThat(some.db.one("SELECT COUNT(*) FROM call_events")).isEqualTo("1");
  }

  @Test
  void putsNotMoreEventsTogetherThanAnyCallHasButKeepsThem() {
    Message[] many = new Message[EventRows.MOST];
    for (int i = 0; i < many.length; i++) {
      many[i] = json("call.held", "{\"callId\":\"c-1\",\"n\":" + i + "}");
    }
    many[0] = started("c-1", "acme");
    many[1] = ended("c-1", "busy");
    some.store(many);
    assertThat(some.store(answered("c-1"))).isEqualTo(1);
    some.close(GRACE);
    some.store(recording("c-1"));
    some.close(Duration.ZERO);

    assertThat(
            some.db.one(
                "SELECT CONCAT(revision, status, disposition, version) FROM calls, raw_cdrs"))
        .isEqualTo(EventRows.MOST + 2 + "COMPLETEDBUSY1");
    assertThat(some.db.count("SELECT COUNT(*) FROM call_events")).isEqualTo(EventRows.MOST + 2);
  }

  @Test
  void handsOverAgainWhatANodeThatDiedHadClaimed() {
    some.store(started("c-1", "acme"), ended("c-1", "busy"));
    some.clock.leap(GRACE);
    Claim dead = new Claim();
    assertThat(taken(dead)).isEqualTo(1);
    some.close(Duration.ofSeconds(30));
    assertThat(some.db.one(CDRS)).isEqualTo("0");
    some.close(Duration.ofSeconds(31));
    assertThat(some.db.one(CDRS)).isEqualTo("1");
  }

  @Test
  void endsAClaimWithTheNextEvent() {
    some.store(started("c-1", "acme"), ended("c-1", "busy"));
    some.clock.leap(GRACE);
    Claim claim = new Claim();
    assertThat(taken(claim)).isEqualTo(1);
    assertThat(some.db.database().<Boolean>transact("ask", c -> claim.holds(c, "c-1"))).isTrue();
    some.store(recording("c-1"));
    assertThat(some.db.database().<Boolean>transact("ask", c -> claim.holds(c, "c-1"))).isFalse();
  }

  private int taken(Claim claim) {
    return some.db
        .database()
        .<Integer>transact("claim", c -> claim.take(c, some.clock.instant(), 10).size());
  }

  private static Message ofCall(Message message, String callId) {
    String body = new String(message.body(), UTF_8);
    return json(message.routingKey(), body.replace("c-1", callId));
  }
}
