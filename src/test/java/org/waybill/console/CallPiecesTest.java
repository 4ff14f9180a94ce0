package org.waybill.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.waybill.call.events.Calls;
import org.waybill.call.feed.FeedPieces;
import org.waybill.cdr.Cdr;
import org.waybill.cdr.TableSuffix;
import org.waybill.cdr.Variable;
import org.waybill.testing.TestDatabase;

/** What lies behind a CDR whose call came in pieces. */
class CallPiecesTest {
  private static final UUID CDR = UUID.fromString("0a1b2c3d-0000-4000-8000-000000000001");

  private final TestDatabase db = TestDatabase.fresh();
  private final CallPieces pieces =
      new CallPieces(new Calls(db.database()), new FeedPieces(db.database()));

  @Test
  void tellsTheEventsOfItsCallInTheOrderOfTheirArrival() {
    call("a84b4c@gw", CDR);
    event("a84b4c@gw", "call.ended", "'{\"reason\":\"busy\"}'");
    event("a84b4c@gw", "call.started", "0xFF00");
    event("other@gw", "call.started", "'{}'");
    assertThat(pieces.of(cdr("a84b4c@gw")))
        .extracting(one -> one.type() + " " + one.body())
        .containsExactly("call.ended {\"reason\":\"busy\"}", "call.started null");
  }

  @Test
  void tellsThePiecesOfAPolledCall() {
    db.execute(
        "INSERT INTO feed_calls (call_id, rmOrgID, learnt_at, uuid) VALUES (7, 1001,"
            + " UTC_TIMESTAMP(3), "
            + bytes(CDR)
            + ")");
    item("connections", 3, 7, 2);
    item("calls", 7, 7, 1);
    item("calls", 8, 8, 1);
    assertThat(pieces.of(cdr("7")))
        .extracting(one -> one.type() + " " + one.id())
        .containsExactly("calls 7", "connections 3");
  }

  @Test
  void tellsNothingOfTheCallOfAnother() {
    call("a84b4c@gw", UUID.randomUUID());
    event("a84b4c@gw", "call.started", "'{}'");
    assertThat(pieces.of(cdr("a84b4c@gw"))).isEmpty();
    assertThat(pieces.of(cdr("7"))).isEmpty();
  }

  private void call(String id, UUID cdr) {
    db.execute(
        "INSERT INTO calls (call_id, first_received, uuid) VALUES ('%s', UTC_TIMESTAMP(3), %s)"
            .formatted(id, bytes(cdr)));
  }

  private void event(String call, String type, String payload) {
    db.execute(
        """
        INSERT INTO call_events (call_id, event_type, payload, routing_key, event_hash, received_at)
        VALUES ('%1$s', '%2$s', %3$s, 'k', UNHEX(SHA2(CONCAT('%1$s', '%2$s'), 256)),
          UTC_TIMESTAMP(3))
        """
            .formatted(call, type, payload));
  }

  private void item(String feed, int id, int call, int seconds) {
    db.execute(
        """
        INSERT INTO feed_items (feed, item_id, call_id, unfinished, body, received_at)
        VALUES ('%s', %d, %d, FALSE, '{}', UTC_TIMESTAMP(3) + INTERVAL %d SECOND)
        """
            .formatted(feed, id, call, seconds));
  }

  private static String bytes(UUID uuid) {
    return "UNHEX('" + uuid.toString().replace("-", "") + "')";
  }

  private static Cdr cdr(String callId) {
    List<Variable> variables = List.of(new Variable("call_id", callId));
    TableSuffix day = TableSuffix.parse("20261121");
    return new Cdr(CDR, null, 1_795_262_400L, day, null, 1001, null, variables);
  }
}
