package org.waybill.call.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.waybill.normalize.Normalization;
import org.waybill.normalize.Normalized;
import org.waybill.normalize.RawDocument;
import org.waybill.normalize.ReadBack;
import org.waybill.normalize.SomeOrganizations;
import org.waybill.normalize.callflow.CallflowDialect;

/** Any order of the pieces of a call makes the same CDR. */
class AssemblyTest {
  private static final CallflowDialect DIALECT =
      new CallflowDialect(SomeOrganizations.stored(), Clock.systemUTC());

  private static final List<Map.Entry<Feed, String>> PIECES =
      List.of(
          Map.entry(
              Feed.CALLS,
              """
              {"call_id":5,"call_type":"inbound","initiator_phone":"+442079460000",\
              "initiated_at":"2025-03-10T06:00:00Z","finished_at":null}"""),
          Map.entry(
              Feed.CALLS,
              """
              {"call_id":5,"call_type":"inbound","initiator_phone":"+442079460000",\
              "initiated_at":"2025-03-10T06:00:00Z","finished_at":"2025-03-10T06:10:00Z"}"""),
          Map.entry(
              Feed.CONNECTIONS,
              "{\"connection_id\":1,\"call_id\":5,\"answered_at\":\"2025-03-10T06:02:00Z\"}"),
          Map.entry(
              Feed.CONNECTIONS,
              """
              {"connection_id":1,"call_id":5,"answered_at":"2025-03-10T06:02:00Z",\
              "finished_at":"2025-03-10T06:03:00Z"}"""),
          Map.entry(
              Feed.CONNECTIONS,
              """
              {"connection_id":2,"call_id":5,"answered_at":"2025-03-10T06:01:30Z",\
              "finished_at":"2025-03-10T06:10:00Z"}"""),
          Map.entry(Feed.CALL_EVENTS, event(1, "operator_assigned", "{\"operator_id\":7}")),
          Map.entry(Feed.CALL_EVENTS, event(2, "operator_assigned", "{\"operator_id\":8}")),
          Map.entry(Feed.CALL_EVENTS, event(3, "call_finished", "{\"status\":\"resolved\"}")),
          Map.entry(Feed.OPERATORS, "{\"operator_id\":7,\"name\":\"Gil Navarro\"}"),
          Map.entry(Feed.OPERATORS, "{\"operator_id\":8,\"name\":\"Hedda Lund\"}"));

  private static String event(int id, String type, String payload) {
    return "{\"event_id\":%d,\"call_id\":5,\"event_type\":\"%s\",\"payload\":%s}"
        .formatted(id, type, payload);
  }

  @Property(tries = 200)
  void makesTheSameCdrOfAnyInterleavingWithRepeats(@ForAll long seed) {
    List<Map.Entry<Feed, String>> arriving = new ArrayList<>(PIECES);
    arriving.addAll(PIECES.subList((int) Math.floorMod(seed, 9L), 10));
    Collections.shuffle(arriving, new Random(seed));
    Normalized cdr = normalized(arriving);

    assertThat(cdr.xml()).isEqualTo(normalized(PIECES).xml());
    assertThat(cdr.contentHash()).isEqualTo(normalized(PIECES).contentHash());
    assertThat(cdr.cdr().variable("billsec")).isEqualTo("510");
    assertThat(cdr.cdr().variable("operator_name")).isEqualTo("Hedda Lund");
    assertThat(cdr.cdr().variable("number_of_connections")).isEqualTo("2");
  }

  /** As the store keeps them: of an item the newest version, but never one that lasts again. */
  private static Normalized normalized(List<Map.Entry<Feed, String>> arriving) {
    Map<String, Piece> kept = new LinkedHashMap<>();
    for (Map.Entry<Feed, String> item : arriving) {
      PieceReader.Result result = new PieceReader(item.getKey()).read(item.getValue());
      Piece piece = ((PieceReader.Result.Read) result).piece();
      String key = piece.feed() + " " + piece.id();
      Piece before = kept.get(key);
      if (before == null || FeedStore.isNews(before, piece)) {
        kept.put(key, piece);
      }
    }
    Assembly assembly = Assembly.of(kept.values());
    byte[] document = ((Assembly.Over) assembly).document().getBytes(UTF_8);
    Normalization made =
        DIALECT.normalize(
            new RawDocument(document, null, null), SomeOrganizations.of(SomeOrganizations.PLAIN));
    return ReadBack.proven(made);
  }
}
